package import Core
package import Operations
import Secrets

/// What of an appointment is nobody's business, as one sealed document: what the service asked and what people wrote.
package struct AppointmentContent: Sendable, Equatable {
  /// The answers to what the service asks.
  package var details: JSONValue = .null
  /// What was done by the service's own operations, by their names.
  package var records: [JSONValue.Member] = []
  package var overrideReason: String?
  package var cancelReason: String?

  package init(details: JSONValue = .null) { self.details = details }

  var isEmpty: Bool { self == AppointmentContent() }

  private var json: JSONValue {
    var members: [JSONValue.Member] = []
    if details != .null { members.append(.init("details", details)) }
    if !records.isEmpty { members.append(.init("records", .object(records))) }
    if let overrideReason { members.append(.init("overrideReason", .string(overrideReason))) }
    if let cancelReason { members.append(.init("cancelReason", .string(cancelReason))) }
    return .object(members)
  }

  /// The bytes that are stored; they open for this appointment of this hospital alone. Nil where there is nothing.
  func sealed(of id: AppointmentID, in hospital: HospitalID, with secrets: KeyRing) throws -> [UInt8]? {
    guard !isEmpty else { return nil }
    let text = json.encoded
    guard text.utf8.count <= 16_000 else {
      throw Failure.invalid("details", "must have at most 16000 bytes altogether", rule: "maxLength")
    }
    return try secrets.seal(text, for: .patientRecord, place: Self.place(of: id, in: hospital))
  }

  init(opening sealed: [UInt8]?, of id: AppointmentID, in hospital: HospitalID, with secrets: KeyRing) throws {
    guard let sealed else { return }
    let json = try JSONParser.parse(
      secrets.open(sealed, for: .patientRecord, place: Self.place(of: id, in: hospital)))
    details = json["details"] ?? .null
    if case .object(let members)? = json["records"] { records = members }
    overrideReason = json["overrideReason"]?.text
    cancelReason = json["cancelReason"]?.text
  }

  static func place(of id: AppointmentID, in hospital: HospitalID) -> String {
    "appointments.content \(hospital.text) \(id.text)"
  }

  /// For the rotation of keys.
  package static let sealedColumn = SealedColumn(table: "appointments", column: "content", purpose: .patientRecord) {
    "appointments.content \($0.joined(separator: " "))"
  }
}
