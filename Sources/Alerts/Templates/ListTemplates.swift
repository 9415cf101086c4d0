package import Operations
import Postgres

/// Lists the hospital's templates of alerts by name.
package struct ListTemplates: ReadOperation {
  package let paging: Paging<AlertTemplateKind>

  package static let contract = Contract(
    name: "alerts.getTemplates", aliases: ["healthcare.getAlertTemplates"], route: .get("/alert-templates"),
    summary: "List the templates of alerts", message: "The templates.", access: .permission(.viewAlerts),
    limit: .standard, mode: .read, audit: .refusalsOnly(category: .alert),
    cache: .lasts(.emergency, dependsOn: [.alertTemplates]))

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: ReadCall) async throws -> Documents<AlertTemplateKind> {
    try await call.documents(TemplateQueries.list(in: try call.hospital.id), paging, named: "templates")
  }
}
