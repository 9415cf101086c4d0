package import Core
package import Operations
import Postgres
import Secrets

/// Puts somebody of the hospital's clinical staff into a patient's care team.
package struct AssignToCareTeam: WriteOperation {
  package let patientId: PatientID
  package let userId: UserID
  package let role: CareTeamRole
  package let notes: ShortText?

  package static let contract = Contract(
    name: "patient.assignToCareTeam", route: .post("/patients/{patientId}/care-team", status: 201),
    summary: "Put somebody into a patient's care team", message: "The care team is changed.",
    access: .permission(.managePatients), limit: .standard, mode: .write,
    audit: .row(action: "care_team_assigned", category: .patient), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> CareTeamMember {
    let patient = try await call.openPatient(patientId)
    guard patient.status == .active else { throw Failure(.conflict, "The patient is discharged.") }
    let found = try await call.transaction.query(CareTeamQueries.member(userId, in: patient.hospital)).first
    guard let found, role.staff.contains(try found.decode("role")) else {
      throw Failure.invalid("userId", "must be of the hospital's staff for this role", rule: "exists")
    }
    let id = Identifier<AnyEntity>.new(at: call.now)
    let sealed = try notes.map {
      try call.secrets.seal($0.text, for: .patientRecord, place: CareTeamMember.place(of: id, in: patient.hospital))
    }
    let rows = try await call.transaction.query(
      CareTeamQueries.insert(
        id, userId, as: role, notes: sealed, of: patientId, in: patient.hospital, by: try call.person))
    guard let row = rows.first else {
      throw Failure(.conflict, "This person is in the care team already, or the patient has a primary doctor.")
    }
    call.audit.details = ["userId": .string(userId.text), "role": .string(role.rawValue)]
    return try CareTeamMember(row, call)
  }
}

/// Takes somebody out of a patient's care team.
package struct RemoveFromCareTeam: WriteOperation {
  package let patientId: PatientID
  package let userId: UserID

  package static let contract = Contract(
    name: "patient.removeFromCareTeam", route: .delete("/patients/{patientId}/care-team/{userId}"),
    summary: "Take somebody out of a patient's care team", message: "The care team is changed.",
    access: .permission(.managePatients), limit: .standard, mode: .write,
    audit: .row(action: "care_team_ended", category: .patient), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> CareTeamMember {
    let patient = try await call.openPatient(patientId)
    let rows = try await call.transaction.query(CareTeamQueries.end(userId, of: patientId, in: patient.hospital))
    guard let row = rows.first else { throw Failure.notFound("member of the care team") }
    call.audit.details = ["userId": .string(userId.text)]
    return try CareTeamMember(row, call)
  }
}

/// Shows who looks after a patient.
package struct ShowCareTeam: WriteOperation {
  package let patientId: PatientID

  package static let contract = Contract(
    name: "patient.getCareTeam", route: .get("/patients/{patientId}/care-team"),
    summary: "Show who looks after a patient", message: "The care team.", access: .permission(.viewPatients),
    limit: RateLimit("patient.careTeam", max: 300, windowSeconds: 60), mode: .read,
    audit: .reads(action: "care_team_viewed"), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> CareTeam {
    let patient = try await call.openPatient(patientId)
    let rows = try await call.transaction.query(CareTeamQueries.list(of: patientId, in: patient.hospital))
    return CareTeam(members: try rows.map { try CareTeamMember($0, call) })
  }
}
