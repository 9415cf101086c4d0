package import Core
package import Operations
import Postgres

/// Shows the record that belongs to the caller's account.
package struct ShowOwnRecord: WriteOperation {
  package static let contract = Contract(
    name: "patient.getMyRecord", route: .get("/my-record"), summary: "Show one's own record", message: "Your record.",
    access: .person, limit: .standard, mode: .read, audit: .reads(action: "own_record_viewed"), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<PatientKind> {
    Document(try await call.openOwnRecord())
  }
}

/// Shows the caller's own vital signs of the last hours with their statistics.
package struct ShowOwnVitals: WriteOperation {
  package let timeRange: VitalsRange?

  package static let contract = Contract(
    name: "patient.getMyVitals", route: .get("/my-record/vitals"), summary: "Show one's own vital signs",
    message: "Your vital signs.", access: .person, limit: .standard, mode: .read,
    audit: .reads(action: "own_vitals_viewed"), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> VitalsHistory {
    let patient = try await call.openOwnRecord()
    return try await call.history(of: patient, timeRange ?? .day)
  }
}

/// Ties a patient's record to his account, so that he may read it.
package struct LinkAccount: WriteOperation {
  package let patientId: PatientID
  package let userId: UserID

  package static let contract = Contract(
    name: "patient.linkAccount", route: .put("/patients/{patientId}/account"),
    summary: "Tie a patient's record to his account", message: "The account is tied to the record.",
    access: .permission(.managePatients), limit: .standard, mode: .write,
    audit: .row(action: "patient_account_linked", category: .patient), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<PatientKind> {
    let patient = try await call.openPatient(patientId, locks: true)
    guard try await !call.transaction.query(AccessQueries.account(userId, in: patient.hospital)).isEmpty else {
      throw Failure.invalid("userId", "must be an account of a patient of this hospital", rule: "exists")
    }
    call.audit.details = ["userId": .string(userId.text)]
    let rows = try await call.transaction.query(
      AccessQueries.link(userId, to: patientId, in: patient.hospital, try RecordScope(call)))
    guard let row = rows.first else { throw Failure.internalFault }
    return Document(try Patient(row, call))
  }
}

extension WriteCall {
  package mutating func openOwnRecord() async throws -> Patient {
    let rows = try await transaction.query(PatientQueries.own(try person, in: try hospital.id))
    guard let row = rows.first else { throw RecordScope.noneOfOnesOwn }
    let patient = try Patient(row, self)
    audit.resource("patient", patient.id)
    saw(patient.id)
    return patient
  }
}
