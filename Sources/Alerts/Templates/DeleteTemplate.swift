import Core
package import Operations
import Postgres

/// Takes a template out of use; its row and the alerts raised from it stay.
package struct DeleteTemplate: WriteOperation {
  package let templateId: TemplateID

  package static let contract = Contract(
    name: "alerts.deleteTemplate", aliases: ["healthcare.deleteAlertTemplate"],
    route: .delete("/alert-templates/{templateId}"), summary: "Remove a template of alerts",
    message: "Template removed.", access: .permission(.manageAlertTypes), limit: .standard, mode: .write,
    audit: .row(action: "template_deleted", category: .alert), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Done {
    let gone = try await call.transaction.query(TemplateQueries.delete(templateId, in: try call.hospital.id))
    guard !gone.isEmpty else { throw Failure.notFound("template") }
    call.audit.resource("alert_template", templateId)
    return Done()
  }
}
