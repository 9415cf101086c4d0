package import Core
package import Operations
import Postgres

/// Takes a granted role back, at once.
package struct RevokeRole: WriteOperation {
  package let userId: UserID
  package let roleGrantId: RoleGrantID

  package static let contract = Contract(
    name: "users.revokeRole", route: .delete("/users/{userId}/roles/{roleGrantId}"),
    summary: "Take a granted role back",
    message: "The role is taken back.", access: .permission(.manageRoles), limit: .standard, mode: .write,
    audit: .row(action: "role_revoked", category: .security), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<RoleGrantKind> {
    _ = try await call.managed(userId)
    let rows = try await call.transaction.query(
      RightsQueries.revoke(roleGrantId, of: userId, in: try call.hospital.id))
    guard let row = rows.first else { throw Failure.notFound("grant") }
    call.audit.resource("user", userId)
    call.audit.details = ["grantId": .string(roleGrantId.text)]
    return try Document(row)
  }
}
