package import Operations
import Postgres

/// Lists the hospital's catalogue of alert types.
package struct ListAlertTypes: ReadOperation {
  package let paging: Paging<AlertTypeKind>

  package static let contract = Contract(
    name: "alerts.getTypes", route: .get("/alert-types"), summary: "List the alert types",
    message: "The alert types.", access: .permission(.viewAlerts), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .alert), cache: .never)

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: ReadCall) async throws -> Documents<AlertTypeKind> {
    try await call.documents(AlertQueries.types(in: try call.hospital.id), paging, named: "alert types")
  }
}
