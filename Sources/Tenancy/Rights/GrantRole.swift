package import Core
package import Operations
import Postgres

/// Gives a person of the hospital a further role: until a time or until it is taken back, everywhere or only as long
/// as he works in a department. In force on his next call.
package struct GrantRole: WriteOperation {
  package let userId: UserID
  package let role: AnyStaffRole
  package let departmentId: DepartmentID?
  package let expiresAt: Timestamp?
  package let reason: ShortText?

  package static let contract = Contract(
    name: "users.grantRole", route: .post("/users/{userId}/roles", status: 201), summary: "Grant a further role",
    message: "The role is granted.", access: .permission(.manageRoles), limit: .standard, mode: .write,
    audit: .row(action: "role_granted", category: .security), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<RoleGrantKind> {
    let hospital = try call.hospital.id
    guard userId != call.caller?.userID else { throw Failure(.forbidden, "Nobody grants himself a role.") }
    _ = try await call.managed(userId)
    try call.mayGive(role)
    try await call.transaction.mustHave(departmentId, in: hospital)
    let id = RoleGrantID.new(at: call.now)
    let rows = try await call.transaction.query(
      RightsQueries.grant(id, to: userId, in: hospital, by: try call.person, self))
    guard let row = rows.first else { throw Failure.invalid("expiresAt", "must lie in the future", rule: "future") }
    call.audit.resource("user", userId)
    call.audit.details = ["role": .string(role.rawValue), "grantId": .string(id.text)]
    return try Document(row)
  }
}
