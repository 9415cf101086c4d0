package import Operations
import Postgres

/// Lists the hospital's catalogue of alert types; deactivated ones only when asked for.
package struct ListAlertTypes: ReadOperation {
  package let paging: Paging<AlertTypeKind>
  package let includeInactive: Bool?

  package static let contract = Contract(
    name: "alerts.getTypes", route: .get("/alert-types"), summary: "List the alert types",
    message: "The alert types.", access: .permission(.viewAlerts), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .alert), cache: .lasts(.emergency, dependsOn: [.alertTypes]))

  private enum Key: String, CodingKey { case includeInactive }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    includeInactive = try decoder.container(keyedBy: Key.self).decodeIfPresent(Bool.self, forKey: .includeInactive)
  }

  package func run(_ call: ReadCall) async throws -> Documents<AlertTypeKind> {
    let all = includeInactive ?? false
    let list = CatalogueQueries.types(in: try call.hospital.id, includeInactive: all)
    return try await call.documents(list, paging, named: "alert types \(all)")
  }
}
