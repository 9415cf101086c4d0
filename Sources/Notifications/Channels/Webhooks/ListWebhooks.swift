import Core
package import Operations
import Postgres

/// Lists the hospital's endpoints, and how each is.
package struct ListWebhooks: ReadOperation {
  package let paging: Paging<WebhookKind>

  package static let contract = Contract(
    name: "webhooks.list", route: .get("/webhooks"), summary: "List the endpoints that hear events",
    message: "The endpoints.", access: .permission(.manageHospital), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .tenancy), cache: .never)

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: ReadCall) async throws -> Documents<WebhookKind> {
    try await call.documents(WebhookQueries.list(in: try call.hospital.id), paging, named: "webhooks")
  }
}
