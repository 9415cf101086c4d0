package import Core
package import Operations
import Postgres

/// Changes a patient's record; what is not given stays as it is, what `clear` names is taken out.
package struct UpdatePatient: WriteOperation {
  package let patientId: PatientID
  package let version: RecordVersion
  package let name: PatientName?
  package let clear: [ClearableField]?
  package let input: PatientInput

  package static let contract = Contract(
    name: "patient.updatePatient", aliases: ["patient.update", "healthcare.updatePatient"],
    route: .patch("/patients/{patientId}"), summary: "Change a patient's record", message: "The record is changed.",
    access: .permission(.managePatients), limit: .standard, mode: .write,
    audit: .row(action: "patient_updated", category: .patient), cache: .never)

  private enum Key: String, CodingKey { case patientId, version, name, clear }

  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    patientId = try fields.decode(PatientID.self, forKey: .patientId)
    version = try fields.decode(RecordVersion.self, forKey: .version)
    name = try fields.decodeIfPresent(PatientName.self, forKey: .name)
    clear = try fields.decodeIfPresent([ClearableField].self, forKey: .clear)
    input = try PatientInput(from: decoder)
  }

  package func run(_ call: inout WriteCall) async throws -> Document<PatientKind> {
    try await input.check(call)
    let before = try await call.openPatient(patientId, locks: true)
    guard before.version == version.value else {
      throw Failure(
        .conflict, "Somebody else has changed this record.", details: ["version": .integer(before.version)])
    }
    var record = before.record
    for field in clear ?? [] { if let sealed = field.sealed { record[sealed] = nil } }
    record.set(.name, name?.json)
    input.write(into: &record)
    let edit = PatientEdit(
      id: patientId, hospital: before.hospital, record: record, input: input, cleared: Set(clear ?? []))
    if record.mrn != before.record.mrn { try await call.mustBeFree(record.mrn) }
    return Document(try await call.write(edit))
  }
}

/// What can be taken out of a record without something else in its place.
package enum ClearableField: String, ChoicePrimitive {
  case dateOfBirth, bloodType, nationalId, phone, email, address, primaryDiagnosis, emergencyContact, notes
  case departmentId, roomNumber, bedNumber

  var sealed: PatientRecord.Field? { PatientRecord.Field(rawValue: rawValue) }
}

/// What an edit writes.
struct PatientEdit {
  let id: PatientID
  let hospital: HospitalID
  let record: PatientRecord
  let input: PatientInput
  let cleared: Set<ClearableField>
}

extension WriteCall {
  func mustBeFree(_ mrn: String) async throws {
    let hospital = try hospital.id
    let numbers = PatientIndex(hospital: hospital, secrets: secrets).fingerprints(ofNumber: mrn)
    guard try await transaction.query(PatientQueries.numbered(numbers, in: hospital)).isEmpty else {
      throw Failure(.conflict, "This record number is taken.", details: ["field": "mrn"])
    }
  }

  /// Seals the record anew, with its words, and writes the columns.
  func write(_ edit: PatientEdit) async throws -> Patient {
    try transaction.seal(edit.record, of: edit.id, in: edit.hospital, with: secrets)
    let rows = try await transaction.query(PatientQueries.update(edit, try RecordScope(self)))
    guard let row = rows.first else { throw Failure.internalFault }
    return try Patient(row, self)
  }
}
