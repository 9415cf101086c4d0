package import Core
package import Operations
import Postgres

/// Shows one patient's record; that it was seen is on record before the answer leaves.
package struct GetPatient: WriteOperation {
  package let patientId: PatientID

  package static let contract = Contract(
    name: "patient.getDetails", aliases: ["patient.get", "healthcare.getPatientById"],
    route: .get("/patients/{patientId}"), summary: "Show a patient", message: "The patient.",
    access: .permission(.viewPatients), limit: RateLimit("patient.getDetails", max: 300, windowSeconds: 60),
    mode: .read, audit: .reads(action: "patient_viewed"), cache: .byRow(.patient))

  package func run(_ call: inout WriteCall) async throws -> Document<PatientKind> {
    let state = try await call.stateOfPatient(patientId)
    let bytes = try await call.kept(["patient", patientId.text, state], .patient) {
      let rows = try await call.transaction.query(
        PatientQueries.find(patientId, in: try call.hospital.id, try RecordScope(call)))
      guard let row = rows.first else { throw Failure.notFound("patient") }
      return Document<PatientKind>(try Patient(row, call)).kept
    }
    return Document(kept: bytes)
  }
}

extension WriteCall {
  /// Which state of the row there is, if the caller may open the record; notes that he did.
  fileprivate mutating func stateOfPatient(_ id: PatientID) async throws -> String {
    let rows = try await transaction.query(PatientQueries.state(id, in: try hospital.id, try RecordScope(self)))
    guard let row = rows.first else { throw Failure.notFound("patient") }
    guard try row.decode("is_open", as: Bool.self) else { throw RecordScope.refusal }
    audit.resource("patient", id)
    saw(id)
    return try row.decode("state")
  }

  /// The patient's record, if the caller may open it; notes that he did.
  package mutating func openPatient(_ id: PatientID, locks: Bool = false) async throws -> Patient {
    let rows = try await transaction.query(
      PatientQueries.find(id, in: try hospital.id, try RecordScope(self), locks: locks))
    guard let row = rows.first else { throw Failure.notFound("patient") }
    let patient = try Patient(row, self)
    guard patient.isOpen else { throw RecordScope.refusal }
    audit.resource("patient", id)
    saw(id)
    return patient
  }
}
