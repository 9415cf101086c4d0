package import Core
package import Operations
import Postgres

/// Gives a person of the caller's hospital another role, in force from his next call on.
package struct UpdateUserRole: WriteOperation {
  package let userId: UserID
  package let role: AnyStaffRole
  package let reason: ShortText?

  package static let contract = Contract(
    name: "users.updateRole",
    aliases: ["healthcare.updateUserRole", "organization.updateMemberRole", "admin.updateUserRole"],
    route: .put("/users/{userId}/role"),
    summary: "Give a person another role", message: "The role is changed.", access: .permission(.manageUsers),
    limit: .standard, mode: .write, audit: .row(action: "role_changed", category: .security), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<UserKind> {
    let hospital = try call.hospital.id
    guard userId != call.caller?.userID else { throw Failure(.forbidden, "Nobody changes his own role.") }
    if !Role.administrators.map(\.rawValue).contains(role.rawValue) {
      try await call.keepsAnAdministrator(without: userId)
    }
    let before = try await call.managed(userId)
    guard let wanted = Role(rawValue: role.rawValue), try call.callerManages(wanted) else {
      throw Failure(.forbidden, "Your own role may not give this one.")
    }
    call.transaction.queue(UserQueries.setRole(of: userId, in: hospital, to: wanted.rawValue))
    call.audit.resource("user", userId)
    call.audit.details["from"] = .string(before.role.rawValue)
    call.audit.details["to"] = .string(wanted.rawValue)
    return try await call.transaction.person(userId, in: hospital)
  }
}
