package import Core
import Crypto
import FoundationEssentials
import NIOCore

/// An event as an endpoint gets it: ids, numbers, times and words of closed lists. Titles, descriptions, comments,
/// names and everything about a patient stay here; whoever may see them asks for them.
package struct WebhookMessage: Sendable, Equatable {
  package let id: EventID
  package let number: Int64
  package let name: String
  package let body: String

  /// What of an event's payload is told.
  private static let told: Set<String> = [
    "id", "alertId", "appointmentId", "hospitalId", "departmentId", "roomNumber", "alertType", "urgencyLevel",
    "priority", "status", "escalationTier", "tier", "nextEscalationAt", "createdBy", "acknowledgedBy", "acknowledgedAt",
    "resolvedBy", "resolvedAt", "createdAt", "updatedAt", "expiresAt", "version",
  ]

  package init(
    id: EventID, number: Int64, name: String, at time: Timestamp, in hospital: HospitalID, payload: String
  ) {
    var data: [JSONValue.Member] = []
    if case .object(let members) = try? JSONParser.parse(Array(payload.utf8)) {
      data = members.filter { Self.told.contains($0.key) && $0.value.isPlain }
    }
    self.init(id: id, number: number, name: name, at: time, in: hospital, data: .object(data))
  }

  /// Some events were forgotten before they could be told: what they changed has to be asked for by lists.
  package init(missed: ClosedRange<Int64>, id: EventID, at time: Timestamp, in hospital: HospitalID) {
    self.init(
      id: id, number: missed.upperBound, name: "reset", at: time, in: hospital,
      data: ["missedFrom": .integer(missed.lowerBound), "missedTo": .integer(missed.upperBound)])
  }

  private init(
    id: EventID, number: Int64, name: String, at time: Timestamp, in hospital: HospitalID, data: JSONValue
  ) {
    self.id = id
    self.number = number
    self.name = name
    let json: JSONValue = [
      "id": .string(id.text), "number": .integer(number), "event": .string(name), "hospitalId": .string(hospital.text),
      "createdAt": time.json, "data": data,
    ]
    body = json.encoded
  }

  /// As it travels: signed over its time and its bytes, so that an old one is known for what it is.
  package func request(to url: String, secret: String, at now: Timestamp) -> OutsideCalls.Request {
    OutsideCalls.Request(
      url,
      headers: [
        "Content-Type": "application/json", "User-Agent": "Ward",
        "Ward-Signature": SignedBody.header(Array(body.utf8), secret: secret, at: now), "Ward-Event": name,
        "Ward-Event-Id": id.text, "Ward-Event-Number": String(number),
      ], body: Array(body.utf8))
  }
}

extension JSONValue {
  /// No list and no object, whose parts nobody has looked at.
  fileprivate var isPlain: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }
}
