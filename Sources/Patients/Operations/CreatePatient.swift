package import Core
package import Operations
import Postgres

/// Takes a patient in; without a record number the hospital gives its next one.
package struct CreatePatient: WriteOperation {
  package let name: PatientName
  package let admittedAt: Timestamp?
  package let input: PatientInput

  package static let contract = Contract(
    name: "patient.create", aliases: ["patient.createPatient", "healthcare.createPatient"],
    route: .post("/patients", status: 201), summary: "Take a patient in", message: "The patient is taken in.",
    access: .permission(.createPatients), limit: .standard, mode: .write,
    audit: .row(action: "patient_created", category: .patient), cache: .never)

  private enum Key: String, CodingKey { case name, admittedAt }

  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    name = try fields.decode(PatientName.self, forKey: .name)
    admittedAt = try fields.decodeIfPresent(Timestamp.self, forKey: .admittedAt)
    input = try PatientInput(from: decoder)
  }

  package func run(_ call: inout WriteCall) async throws -> Document<PatientKind> {
    try await input.check(call)
    if let admittedAt, admittedAt > call.now.adding(seconds: 86_400) {
      throw Failure.invalid("admittedAt", "must not lie in the future", rule: "past")
    }
    let patient = input.patient(
      PatientID.new(at: call.now), named: name, in: try call.hospital.id, admittedAt: admittedAt)
    let stored = try await store(patient, &call)
    call.audit.resource("patient", stored.id)
    call.saw(stored.id)
    return Document(stored)
  }

  private func store(_ patient: NewPatient, _ call: inout WriteCall) async throws -> Patient {
    guard input.mrn == nil else {
      guard let stored = try await call.store(patient) else {
        throw Failure(
          .conflict, "This record number is taken.", details: ["field": "mrn"])
      }
      return stored
    }
    // A number that was given by hand may stand where the count has not come yet.
    for _ in 0..<50 {
      var numbered = patient
      numbered.record[.mrn] = .string(try await call.nextRecordNumber())
      if let stored = try await call.store(numbered) { return stored }
    }
    throw Failure(.conflict, "No free record number was found. Give one.", details: ["field": "mrn"])
  }
}

extension WriteCall {
  func nextRecordNumber() async throws -> String {
    guard let number = try await nextRecordNumbers(1).first else { throw Failure.internalFault }
    return number
  }

  /// `PREFIX-YYYY-NNNNN`: four letters of the hospital, the year, and the next numbers of that year.
  func nextRecordNumbers(_ count: Int) async throws -> [String] {
    guard let tenant else { throw Failure.internalFault }
    let year = String(now.rfc3339.prefix(4))
    let rows = try await transaction.query(
      PatientQueries.nextNumbers(count, year: Int(year) ?? 0, in: tenant))
    guard let row = rows.first else { throw Failure.internalFault }
    let last = try row.decode("last_number", as: Int.self)
    let letters = try row.decode("subdomain", as: String.self).uppercased().filter { $0.isASCII && $0.isLetter }
    return (last - count + 1...last).map { number in
      let text = String(number)
      let padded = String(repeating: "0", count: max(0, 5 - text.count)) + text
      return "\(letters.isEmpty ? "WARD" : String(letters.prefix(4)))-\(year)-\(padded)"
    }
  }
}
