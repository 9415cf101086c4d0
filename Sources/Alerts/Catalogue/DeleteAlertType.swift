import Core
package import Operations
import Postgres

/// Deactivates a type: no new alert can have it, those that have it stay. Doing it twice changes nothing.
package struct DeleteAlertType: WriteOperation {
  package let code: AlertTypeCode

  package static let contract = Contract(
    name: "alerts.deleteType", route: .delete("/alert-types/{code}"), summary: "Deactivate an alert type",
    message: "Alert type deactivated.", access: .permission(.manageAlertTypes), limit: .standard, mode: .write,
    audit: .row(action: "alert_type_deactivated", category: .alert), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<AlertTypeKind> {
    let hospital = try call.hospital.id
    call.audit.details = ["code": .string(code.text)]
    let rows = try await call.transaction.query(CatalogueQueries.deactivate(code, in: hospital))
    if let row = rows.first { return try Document(row) }
    let found = try await call.transaction.query(CatalogueQueries.find(code, in: hospital))
    guard let row = found.first else { throw Failure.notFound("alert type") }
    return try Document(row)
  }
}
