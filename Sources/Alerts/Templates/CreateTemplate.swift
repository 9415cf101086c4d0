package import Core
package import Operations
import Postgres

/// Keeps an alert that is raised often under a name.
package struct CreateTemplate: WriteOperation {
  package let name: NameText
  package let alertType: AlertTypeCode
  package let urgencyLevel: Urgency
  package let defaultDescription: ShortText?
  package let departmentId: DepartmentID?
  package let icon: IconText?
  package let color: ColorText?

  package static let contract = Contract(
    name: "alerts.createTemplate", aliases: ["healthcare.createAlertTemplate"],
    route: .post("/alert-templates", status: 201), summary: "Add a template of alerts", message: "Template created.",
    access: .permission(.manageAlertTypes), limit: .standard, mode: .write,
    audit: .row(action: "template_created", category: .alert), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<AlertTemplateKind> {
    let hospital = try call.hospital.id
    _ = try await LadderScope.check(departmentId, alertType, call)
    let id = TemplateID.new(at: call.now)
    let rows = try await call.transaction.query(TemplateQueries.insert(id, self, in: hospital))
    guard let row = rows.first else { throw Failure(.conflict, "There is a template of this name already.") }
    call.audit.resource("alert_template", id)
    return try Document(row)
  }
}
