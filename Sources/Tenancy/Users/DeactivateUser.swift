package import Core
package import Operations
import Postgres

/// Takes a person out of the caller's hospital: nothing of him is deleted, his sessions end, and where no other
/// hospital counts on him he cannot sign in any more.
package struct DeactivateUser: WriteOperation {
  package let userId: UserID

  package static let contract = Contract(
    name: "users.deactivate", aliases: ["organization.removeMember"], route: .delete("/users/{userId}"),
    summary: "Deactivate a person of the hospital",
    message: "The person is deactivated.", access: .permission(.manageUsers), limit: .standard, mode: .write,
    audit: .row(action: "user_deactivated", category: .security), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<UserKind> {
    let hospital = try call.hospital.id
    guard userId != call.caller?.userID else { throw Failure(.forbidden, "Nobody deactivates himself.") }
    try await call.keepsAnAdministrator(without: userId)
    let before = try await call.managed(userId)
    call.transaction.queue(UserQueries.deactivate(userId, in: hospital))
    let ended = try await call.transaction.query(UserQueries.endMembership(of: userId))
    call.audit.resource("user", userId)
    call.audit.details["sessionsEnded"] = .integer(try ended.first?.decode("ended", as: Int64.self) ?? 0)
    if before.isOnDuty { call.emitOffDuty(userId, in: hospital) }
    return try await call.transaction.person(userId, in: hospital)
  }
}
