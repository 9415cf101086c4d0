package import Core
package import Operations
import Postgres

/// Says something about an alert, open or over; it stands in the timeline.
package struct CommentOnAlert: WriteOperation {
  package let alertId: AlertID
  package let text: CommentText

  package static let contract = Contract(
    name: "alerts.comment", route: .post("/alerts/{alertId}/comments", status: 201), summary: "Comment on an alert",
    message: "Comment added.", access: .permission(.viewAlerts), limit: .standard, mode: .write,
    audit: .row(action: "alert_commented", category: .alert), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<AlertKind> {
    let hospital = try call.hospital.id
    let who = try call.responder
    let found = try await call.transaction.query(
      AlertQueries.find(alertId, in: hospital, boundTo: call.caller?.boundDepartment, with: AlertQueries.changed))
    guard let row = found.first else { throw Failure.notFound("alert") }
    call.audit.resource("alert", alertId)
    call.transaction.queue(
      AlertQueries.insertChange(
        "commented", of: alertId, in: hospital, by: who.id, name: who.name, notes: text.text, at: call.now))
    let change = AlertChange(row: row, id: alertId, hospital: hospital)
    call.emit(
      Event(
        "alert:commented", to: try change.rooms(),
        payload: [
          "alertId": .string(alertId.text), "by": .string(who.id.text), "byName": .string(who.name),
          "at": call.now.json, "text": .string(text.text),
        ]))
    return try Document(row)
  }
}
