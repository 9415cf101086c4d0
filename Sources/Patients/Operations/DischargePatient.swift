package import Core
package import Operations
import Postgres

/// Lets a patient go: the care team ends and the open alerts are resolved with it.
package struct DischargePatient: JoinedOperation {
  package let patientId: PatientID
  package let dischargeNotes: ClinicalText
  package let dischargeDiagnosis: ShortText?

  package static let contract = Contract(
    name: "patient.discharge", aliases: ["patient.dischargePatient", "healthcare.dischargePatient"],
    route: .post("/patients/{patientId}/discharge"), summary: "Discharge a patient",
    message: "The patient is discharged.", access: .permission(.managePatients), limit: .standard, mode: .write,
    audit: .row(action: "patient_discharged", category: .patient), cache: .never)

  package func run(_ call: inout WriteCall, _ alarms: PatientAlarms) async throws -> Document<PatientKind> {
    let patient = try await call.openPatient(patientId, locks: true)
    guard patient.status == .active else { throw Failure(.conflict, "The patient is discharged already.") }
    var record = patient.record
    record.set(.dischargeNotes, dischargeNotes.json)
    record.set(.dischargeDiagnosis, dischargeDiagnosis?.json)
    try call.transaction.seal(record, of: patientId, in: patient.hospital, with: call.secrets)
    let ended = try await call.transaction.query(CareTeamQueries.endAll(of: patientId, in: patient.hospital)).affected
    let resolved = try await alarms.resolve(&call, patientId)
    call.audit.details = ["alertsResolved": .integer(Int64(resolved)), "careTeamEnded": .integer(Int64(ended))]
    let rows = try await call.transaction.query(
      PatientQueries.discharge(patientId, in: patient.hospital, try RecordScope(call)))
    guard let row = rows.first else { throw Failure.internalFault }
    return Document(try Patient(row, call))
  }
}
