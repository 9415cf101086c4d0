package import Core
import Identity
package import Operations
import Postgres

/// Lifts the locks that wrong passwords and codes have put on a person, so that he may try again at once.
package struct UnlockUser: WriteOperation {
  package let userId: UserID

  package static let contract = Contract(
    name: "users.unlock", route: .post("/users/{userId}/unlock"), summary: "Lift a person's lock after wrong tries",
    message: "The person may try again.", access: .permission(.manageUsers), limit: .standard, mode: .write,
    audit: .row(action: "user_unlocked", category: .security), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<UserKind> {
    let hospital = try call.hospital.id
    _ = try await call.managed(userId)
    let rows = try await call.transaction.query(UserQueries.email(of: userId))
    guard let row = rows.first else { throw Failure.notFound("person") }
    call.audit.resource("user", userId)
    try await call.liftLocks(of: userId, email: EmailAddress(unchecked: try row.decode("email")))
    return try await call.transaction.person(userId, in: hospital)
  }
}
