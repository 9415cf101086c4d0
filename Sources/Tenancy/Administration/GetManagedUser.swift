package import Core
package import Operations
import Postgres

/// Shows one person of the caller's hospital to its administrators, also a suspended or deactivated one.
package struct GetManagedUser: ReadOperation {
  package let userId: UserID

  package static let contract = Contract(
    name: "admin.getUser", route: .get("/admin/users/{userId}"), summary: "Show a person to manage him",
    message: "The person.", access: .permission(.manageUsers), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .identity), cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<ManagedUserKind> {
    let statement = UserQueries.find(userId, ManagedUserKind.shape, in: try call.hospital.id)
    return try Document(try await call.row(statement, else: "person"))
  }
}
