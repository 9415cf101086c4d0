package import Core
package import Operations
import Postgres

/// Shows one person of the caller's hospital, also a deactivated one.
package struct GetUser: ReadOperation {
  package let userId: UserID

  package static let contract = Contract(
    name: "users.getById", route: .get("/users/{userId}"), summary: "Show a person of the hospital",
    message: "The person.", access: .permission(.viewUsers), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .identity), cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<UserKind> {
    let statement = UserQueries.find(userId, UserKind.shape, in: try call.hospital.id)
    return try Document(try await call.row(statement, else: "person"))
  }
}
