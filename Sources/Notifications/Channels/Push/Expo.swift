import Core
import Crypto

/// Push messages by Expo's service: up to 100 devices in one request.
package struct Expo: Sendable {
  let base: String
  let token: String?
  package var name: String { "expo" }

  /// What became of one device's message.
  package enum Ticket: Sendable, Equatable {
    case taken(id: String)
    /// The app is gone from the device: its token is good for nothing any more.
    case unregistered
    case refused(reason: String, isTemporary: Bool)
  }

  /// The most devices in one request.
  package static let most = 100

  /// Each message with the devices that it goes to, ``most`` in all.
  package func request(for messages: [(message: OutgoingMessage, devices: [String])]) -> OutsideCalls.Request {
    var headers = ["Content-Type": "application/json", "Accept": "application/json"]
    // What travels together is known by all of its ids; each message carries its own besides.
    let ids = messages.map(\.message.idempotencyKey.text)
    headers["Idempotency-Key"] =
      ids.count == 1 ? ids[0] : Hex.encode(SHA256.hash(data: Array(ids.sorted().joined().utf8)))
    if let token { headers["Authorization"] = "Bearer \(token)" }
    let body = messages.flatMap { message, devices in devices.map { Self.json(message, to: $0) } }
    return OutsideCalls.Request(
      "\(base)/--/api/v2/push/send", headers: headers, body: Array(JSONValue.array(body).encoded.utf8))
  }

  private static func json(_ message: OutgoingMessage, to device: String) -> JSONValue {
    let isUrgent = (message.urgency ?? 0) >= 4
    let data: JSONValue = [
      "deliveryId": .string(message.idempotencyKey.text),
      "alertId": message.alert.map { .string($0.text) } ?? .null, "link": message.link.map { .string($0) } ?? .null,
    ]
    return [
      "to": .string(device), "title": .string(message.title), "body": .string(message.text), "data": data,
      "sound": "default", "priority": .string(isUrgent ? "high" : "default"),
      "channelId": .string(isUrgent ? "alerts" : "default"),
      "interruptionLevel": .string(isUrgent ? "time-sensitive" : "active"),
    ]
  }

  /// One ticket for each device, in their order.
  package func tickets(_ answer: OutsideCalls.Answer, for count: Int) throws(SendTrouble) -> [Ticket] {
    guard answer.isSuccess else { throw .of(status: answer.status) }
    guard let items = answer.json?["data"]?.items, items.count == count else { throw .rubbish }
    var tickets: [Ticket] = []
    for item in items { tickets.append(try Self.ticket(item)) }
    return tickets
  }

  static func ticket(_ json: JSONValue) throws(SendTrouble) -> Ticket {
    switch json["status"]?.text {
    case "ok":
      guard let id = json["id"]?.text, (1...200).contains(id.utf8.count) else { throw .rubbish }
      return .taken(id: id)
    case "error":
      switch json["details"]?["error"]?.text {
      case "DeviceNotRegistered": return .unregistered
      case "MessageRateExceeded": return .refused(reason: "provider_busy", isTemporary: true)
      case "MessageTooBig": return .refused(reason: "message_too_big", isTemporary: false)
      case "InvalidCredentials", "MismatchSenderId":
        return .refused(reason: "provider_refused_credentials", isTemporary: false)
      default: return .refused(reason: "provider_refused", isTemporary: false)
      }
    default: throw .rubbish
    }
  }
}
