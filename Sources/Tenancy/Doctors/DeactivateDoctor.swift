package import Core
package import Operations
import Postgres

/// Takes a doctor out of the caller's hospital, as `DeactivateUser` does.
package struct DeactivateDoctor: WriteOperation {
  package let userId: UserID

  package static let contract = Contract(
    name: "doctors.deactivate", route: .delete("/doctors/{userId}"), summary: "Deactivate a doctor of the hospital",
    message: "The doctor is deactivated.", access: .permission(.manageUsers), limit: .standard, mode: .write,
    audit: .row(action: "user_deactivated", category: .security), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<UserKind> {
    try await call.mustBeDoctor(userId)
    return try await DeactivateUser(userId: userId).run(&call)
  }
}
