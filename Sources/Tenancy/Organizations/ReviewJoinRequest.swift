package import Core
package import Operations
import Postgres

/// Decides whether somebody who asked is let in; with the role that he asked for, or another one.
package struct ReviewJoinRequest: WriteOperation {
  package enum Verdict: String, ChoicePrimitive { case approved, rejected }

  package let joinRequestId: JoinRequestID
  package let verdict: Verdict
  package let role: AnyStaffRole?
  package let departmentId: DepartmentID?
  package let note: ShortText?

  package static let contract = Contract(
    name: "organization.reviewJoinRequest", route: .post("/join-requests/{joinRequestId}/review"),
    summary: "Decide about somebody who asks to be let in", message: "It is decided.",
    access: .permission(.inviteMembers), limit: .standard, mode: .write,
    audit: .row(action: "join_request_reviewed", category: .security), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<JoinRequestKind> {
    let hospital = try call.hospital.id
    try await call.transaction.mustHave(departmentId, in: hospital)
    let found = try await call.transaction.query(JoinRequestQueries.lock(joinRequestId, in: hospital))
    guard let asked = found.first else { throw Failure.notFound("request") }
    guard try asked.decode("status", as: String.self) == "pending" else {
      throw Failure(.conflict, "This request is decided already.")
    }
    let wanted = AnyStaffRole(rawValue: try asked.decode("role"))
    guard let given = role ?? wanted else { throw Failure.internalFault }
    if verdict == .approved {
      try call.mayGive(given)
      call.transaction.queue(
        JoinRequestQueries.letIn(
          try asked.decode("user_id"), in: hospital, role: given.rawValue, department: departmentId))
    }
    call.transaction.queue(JoinRequestQueries.review(self, in: hospital, by: try call.person))
    let rows = try await call.transaction.query(JoinRequestQueries.request(joinRequestId, in: hospital))
    guard let row = rows.first else { throw Failure.internalFault }
    call.audit.resource("join_request", joinRequestId)
    call.audit.details = ["verdict": .string(verdict.rawValue), "role": .string(given.rawValue)]
    return try Document(row)
  }
}
