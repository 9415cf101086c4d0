package import Core
package import Operations
import Postgres

/// Raises an alert as a template has it; all that raising one does, by the same code.
package struct CreateAlertFromTemplate: WriteOperation {
  package let templateId: TemplateID
  package let roomNumber: RoomNumber
  package let description: ShortText?
  package let patientId: PatientID?

  /// The flood guard of 300 a minute: the urgency stands in the template, and a critical one meets no other limit.
  package static let contract = Contract(
    name: "alerts.createFromTemplate", aliases: ["healthcare.createAlertFromTemplate"],
    route: .post("/alerts/from-template", status: 201), summary: "Raise an alert from a template",
    message: "Alert created.", access: .permission(.createAlerts),
    limit: RateLimit("alerts.create.critical", max: 300, windowSeconds: 60), mode: .write,
    audit: .row(action: "alert_created_from_template", category: .alert), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<AlertKind> {
    let found = try await call.transaction.query(TemplateQueries.find(templateId, in: try call.hospital.id))
    guard let row = found.first else {
      throw Failure.invalid("templateId", "refers to nothing in this hospital", rule: "exists")
    }
    let standard = try row.decode("defaultDescription", as: String?.self)
    let alert = CreateAlert(
      roomNumber: roomNumber, alertType: AlertTypeCode(unchecked: try row.decode("alertType")),
      urgencyLevel: Urgency(unchecked: try row.decode("urgencyLevel", as: Int64.self)), priority: nil,
      title: AlertTitle(unchecked: try row.decode("name")),
      description: description ?? standard.map { ShortText(unchecked: $0) },
      departmentId: try row.decode("departmentId"), patientId: patientId, expiresAt: nil)
    let document = try await alert.run(&call)
    call.audit.details["templateId"] = .string(templateId.text)
    return document
  }
}
