package import Core
import Operations
import Postgres
package import Tenancy

/// The fields that making and changing a patient have in common; nil leaves a field as it is.
package struct PatientInput: Decodable, Sendable {
  package let mrn: RecordNumber?
  package let dateOfBirth: CalendarDay?
  package let gender: Gender?
  package let bloodType: BloodType?
  package let nationalId: NationalNumber?
  package let phone: PhoneNumber?
  package let email: EmailAddress?
  package let address: ShortText?
  package let departmentId: DepartmentID?
  package let roomNumber: BedWord?
  package let bedNumber: BedWord?
  package let primaryDiagnosis: ShortText?
  package let secondaryDiagnoses: [NameText]?
  package let allergies: [NameText]?
  package let medications: ObjectList<Medication>?
  package let emergencyContact: EmergencyContact?
  package let flags: PatientFlags?
  package let notes: ClinicalText?

  func write(into record: inout PatientRecord) {
    record.set(.mrn, mrn?.json)
    record.set(.dateOfBirth, dateOfBirth?.json)
    record.set(.gender, gender?.json)
    record.set(.bloodType, bloodType?.json)
    record.set(.nationalId, nationalId?.json)
    record.set(.phone, phone?.json)
    record.set(.email, email?.json)
    record.set(.address, address?.json)
    record.set(.primaryDiagnosis, primaryDiagnosis?.json)
    record.set(.secondaryDiagnoses, secondaryDiagnoses?.json)
    record.set(.allergies, allergies?.json)
    record.set(.medications, medications?.json)
    record.set(.emergencyContact, emergencyContact?.json)
    record.set(.notes, notes?.json)
  }

  /// A new patient with these fields.
  func patient(
    _ id: PatientID, named name: PatientName, in hospital: HospitalID, admittedAt: Timestamp?
  ) -> NewPatient {
    var record = PatientRecord([.name: name.json])
    write(into: &record)
    var patient = NewPatient(id: id, hospital: hospital, record: record)
    patient.department = departmentId
    patient.room = roomNumber?.text
    patient.bed = bedNumber?.text
    patient.flags = flags
    patient.admittedAt = admittedAt
    return patient
  }

  /// What only the clock and the hospital know to be wrong.
  func check(_ call: WriteCall) async throws {
    var problems: [FieldProblem] = []
    if let dateOfBirth, !dateOfBirth.isBirthday(at: call.now) {
      problems.append(
        FieldProblem(path: "dateOfBirth", message: "must be within the last 150 years", rule: "range"))
    }
    if let departmentId {
      let found = try await call.transaction.query(
        PatientQueries.department(departmentId, in: try call.hospital.id))
      if found.isEmpty {
        problems.append(
          FieldProblem(path: "departmentId", message: "refers to nothing in this hospital", rule: "exists"))
      }
    }
    guard problems.isEmpty else { throw Failure.invalid(problems) }
  }
}
