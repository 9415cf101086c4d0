package import Core
package import Operations
import Postgres

/// Makes a code that lets people into the caller's hospital: once unless said otherwise, for a week.
package struct GenerateCode: WriteOperation {
  package let role: AnyStaffRole
  package let departmentId: DepartmentID?
  package let maxUses: UseCount?
  package let expiresInHours: HoursGood?

  package static let contract = Contract(
    name: "organization.generateCode", route: .post("/join-codes", status: 201), summary: "Make a join code",
    message: "The code is made.", access: .permission(.inviteMembers), limit: .standard, mode: .write,
    audit: .row(action: "join_code_created", category: .security), cache: .never, answersWithSecret: true)

  var hours: Int { Int((expiresInHours ?? .week).value) }

  package func run(_ call: inout WriteCall) async throws -> Document<JoinCodeKind> {
    let hospital = try call.hospital.id
    try call.mayGive(role)
    try await call.transaction.mustHave(departmentId, in: hospital)
    let id = JoinCodeID.new(at: call.now)
    let rows = try await call.transaction.query(
      InvitationQueries.insertCode(id, .new(), in: hospital, by: try call.person, self))
    guard let row = rows.first else { throw Failure(.unavailable, "Try again.", retryAfterSeconds: 1) }
    call.audit.resource("join_code", id)
    call.audit.details = ["role": .string(role.rawValue)]
    return try Document(row)
  }
}
