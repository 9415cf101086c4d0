package import Operations
import Postgres

/// Lists the hospital's catalogue of alert types; at most 500.
package struct ListAlertTypes: ReadOperation {
  package static let contract = Contract(
    name: "alerts.getTypes", route: .get("/alert-types"), summary: "List the alert types",
    message: "The alert types.", access: .permission(.viewAlerts), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .alert), cache: .never)

  package func run(_ call: ReadCall) async throws -> Documents<AlertTypeKind> {
    Documents(try await call.rows(AlertQueries.types(in: try call.hospital.id)), page: nil)
  }
}
