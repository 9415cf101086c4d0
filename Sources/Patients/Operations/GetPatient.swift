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
    mode: .read, audit: .reads(action: "patient_viewed"), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<PatientKind> {
    Document(try await call.openPatient(patientId))
  }
}

extension WriteCall {
  /// The patient's record, if the caller may open it; notes that he did.
  mutating func openPatient(_ id: PatientID, locks: Bool = false) async throws -> Patient {
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
