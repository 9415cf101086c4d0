package import Operations
import Postgres

/// Lists the hospital's ward screens, newest first.
package struct ListScreens: ReadOperation {
  package let paging: Paging<ScreenKind>

  package static let contract = Contract(
    name: "screens.list", route: .get("/screens"), summary: "List the ward screens", message: "The ward screens.",
    access: .permission(.manageScreens), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .security), cache: .never)

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: ReadCall) async throws -> Documents<ScreenKind> {
    try await call.documents(TenancyQueries.screens(in: try call.hospital.id), paging, named: "screens")
  }
}
