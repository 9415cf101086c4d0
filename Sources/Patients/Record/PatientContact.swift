package import Core
package import Operations
import Postgres

/// Where a patient is reached, for messages that Ward sends him.
package struct PatientContact: Sendable {
  package let name: String?
  package let email: String?
  package let phone: String?

  /// As Ward itself, in the transaction's hospital and without a caller; nil when there is no such patient.
  package static func find(_ id: PatientID, _ call: inout WriteCall) async throws -> PatientContact? {
    guard let hospital = call.tenant,
      let row = try await call.transaction.query(PatientQueries.find(id, in: hospital, .own)).first
    else { return nil }
    let record = try Patient(row, call).record
    return PatientContact(name: record[.name]?.text, email: record[.email]?.text, phone: record[.phone]?.text)
  }

  /// Throws where the caller may not open the record; notes that he did.
  package static func open(_ id: PatientID, _ call: inout WriteCall) async throws {
    _ = try await call.openPatient(id)
  }
}
