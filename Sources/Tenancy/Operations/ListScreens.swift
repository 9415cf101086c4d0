package import Operations
import Postgres

/// Lists the hospital's ward screens, newest first; at most 500.
package struct ListScreens: ReadOperation {
  package static let contract = Contract(
    name: "screens.list", route: .get("/screens"), summary: "List the ward screens", message: "The ward screens.",
    access: .permission(.manageScreens), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .security), cache: .never)

  package func run(_ call: ReadCall) async throws -> Documents<ScreenKind> {
    Documents(try await call.rows(TenancyQueries.screens(in: try call.hospital.id)), page: nil)
  }
}
