package import Core
import Crypto
package import Operations
import Postgres

/// Mails the caller a code that opens one change of the hospital's particulars: six digits, good for five minutes and
/// three tries, one a minute.
package struct RequestHospitalEdit: WriteOperation {
  package static let contract = Contract(
    name: "hospitals.requestEdit", route: .post("/hospital/edit-verification"),
    summary: "Ask for a code to change the hospital's particulars", message: "The code is on its way.",
    access: .permission(.manageHospital), limit: RateLimit("hospitals.requestEdit", max: 5, windowSeconds: 3600),
    mode: .write, audit: .row(action: "hospital_edit_requested", category: .security), cache: .never)

  package struct Output: Record {
    package let expiresAt: Timestamp
  }

  package func run(_ call: inout WriteCall) async throws -> Output {
    let hospital = try call.hospital
    guard let address = call.caller?.email else { throw Failure(.forbidden, "Only a person can do this.") }
    let code = EditCode.new()
    let rows = try await call.transaction.query(
      HospitalQueries.beginEdit(hospital.id, by: try call.person, codeHash: code.hash(for: hospital.id)))
    guard let row = rows.first else {
      throw Failure(.tooManyRequests, "A code was sent less than a minute ago.", retryAfterSeconds: 60)
    }
    call.audit.resource("hospital", hospital.id)
    try call.send(
      Mail(
        "hospital-edit-code", to: EmailAddress(unchecked: address),
        values: ["code": .string(code.text), "hospital": .string(hospital.name), "minutes": 5]))
    return Output(expiresAt: try row.decode("expires_at"))
  }
}

/// Six digits from a mail.
package struct EditCode: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 6...6 }
  package static var sample: String { "040912" }
  package static var pattern: String? { "^[0-9]{6}$" }
  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard text.utf8.allSatisfy(digits.contains) else { throw InvalidValue("must be six digits", rule: "pattern") }
    return text
  }

  static func new() -> EditCode {
    var random = SystemRandomNumberGenerator()
    let number = String(Int.random(in: 0..<1_000_000, using: &random))
    return EditCode(unchecked: String(repeating: "0", count: 6 - number.count) + number)
  }

  /// Another one in each hospital. Whoever reads the table can try all codes; they are over in five minutes.
  func hash(for hospital: HospitalID) -> [UInt8] {
    Array(SHA256.hash(data: Array("hospital edit \(hospital.text) \(text)".utf8)))
  }
}
