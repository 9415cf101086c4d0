package import Core
import Operations
import Postgres

/// Everything that is written when a patient is made.
package struct NewPatient: Sendable {
  package let id: PatientID
  package let hospital: HospitalID
  package var record: PatientRecord
  package var department: DepartmentID?
  package var room: String?
  package var bed: String?
  package var flags: PatientFlags?
  package var admittedAt: Timestamp?

  package init(id: PatientID, hospital: HospitalID, record: PatientRecord) {
    self.id = id
    self.hospital = hospital
    self.record = record
  }
}

extension WriteCall {
  /// Stores the patient with the words under which he is found; nil when the record number is taken.
  /// `scope` says what of it the caller may open, where that is not his role's.
  func store(_ patient: NewPatient, scope: RecordScope? = nil) async throws -> Patient? {
    let index = PatientIndex(hospital: patient.hospital, secrets: secrets)
    let numbers = index.fingerprints(ofNumber: patient.record.mrn)
    guard try await transaction.query(PatientQueries.numbered(numbers, in: patient.hospital)).isEmpty,
      let fingerprint = numbers.first
    else { return nil }
    let sealed = try patient.record.sealed(for: patient.id, in: patient.hospital, with: secrets)
    let rows = try await transaction.query(
      PatientQueries.insert(patient, sealed: sealed, fingerprint: fingerprint, try scope ?? RecordScope(self)))
    guard let row = rows.first else { return nil }
    transaction.queue(
      PatientQueries.insertWords(index.fingerprints(of: patient.record), of: patient.id, in: patient.hospital))
    return try Patient(row, self)
  }
}
