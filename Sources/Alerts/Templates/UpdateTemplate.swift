package import Core
package import Operations
import Postgres

/// Changes a template; alerts that were raised from it stay as they are.
package struct UpdateTemplate: WriteOperation {
  package let templateId: TemplateID
  package let version: Version
  package let name: NameText?
  package let alertType: AlertTypeCode?
  package let urgencyLevel: Urgency?
  package let defaultDescription: ShortText?
  package let departmentId: DepartmentID?
  package let icon: IconText?
  package let color: ColorText?

  package static let contract = Contract(
    name: "alerts.updateTemplate", aliases: ["healthcare.updateAlertTemplate"],
    route: .patch("/alert-templates/{templateId}"), summary: "Change a template of alerts",
    message: "Template updated.", access: .permission(.manageAlertTypes), limit: .standard, mode: .write,
    audit: .row(action: "template_updated", category: .alert), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<AlertTemplateKind> {
    let hospital = try call.hospital.id
    let found = try await call.transaction.query(TemplateQueries.find(templateId, in: hospital))
    guard !found.isEmpty else { throw Failure.notFound("template") }
    _ = try await LadderScope.check(departmentId, alertType, call)
    let rows = try await call.transaction.query(TemplateQueries.update(self, in: hospital))
    guard let row = rows.first else { throw try Failure.stale(found.first, "template") }
    call.audit.resource("alert_template", templateId)
    return try Document(row)
  }
}
