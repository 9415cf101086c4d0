package import Core
package import Operations
import Postgres

/// Notes how a patient wants to be written to: the first way that reaches him, the next when it fails.
package struct SetPatientChannels: JoinedOperation {
  package let patientId: PatientID
  package let channels: [PatientChannel]
  package let language: Language?

  package static let contract = Contract(
    name: "notification.setPatientChannels", route: .put("/patients/{patientId}/channels"),
    summary: "Note how a patient is reached", message: "Noted.", access: .permission(.managePatients),
    limit: .standard, mode: .write, audit: .row(action: "patient_channels_changed", category: .patient), cache: .never)

  package func run(_ call: inout WriteCall, _ patients: PatientLink) async throws -> Document<PatientChannelsKind> {
    try await patients.open(patientId, &call)
    let rows = try await call.transaction.query(
      PreferenceQueries.putPatient(
        patientId, channels: channels.uniqued().map(\.rawValue), language: language?.text ?? "en",
        in: try call.hospital.id))
    guard let row = rows.first else { throw Failure.internalFault }
    return try Document(row)
  }
}
