package import Core
package import Operations
import Postgres

/// Says "I am on it": escalation stops, and the first one wins.
package struct AcknowledgeAlert: WriteOperation {
  package let alertId: AlertID
  package let notes: ShortText?
  /// Minutes until the responder is there; after it he is paged again if nothing is resolved.
  package let estimatedResponseTime: ResponseMinutes?

  package static let contract = Contract(
    name: "alerts.acknowledge", aliases: ["healthcare.acknowledgeAlert"],
    route: .post("/alerts/{alertId}/acknowledgement"), summary: "Acknowledge an alert",
    message: "Alert acknowledged.", access: .permission(.acknowledgeAlerts), limit: .standard, mode: .write,
    audit: .row(action: "alert_acknowledged", category: .alert), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<AlertKind> {
    let hospital = try call.hospital.id
    let user = try call.person
    let name = call.caller?.name ?? ""
    let rows = try await call.transaction.query(
      AlertQueries.acknowledge(alertId, in: hospital, by: user, name: name))
    guard let row = rows.first else { throw try await refusal(call) }
    let time = try row.decode("acknowledgedAt", as: Timestamp.self)
    let standard = try row.decode("response_seconds", as: Int.self)
    let response = estimatedResponseTime.map { Int($0.value) * 60 } ?? standard
    call.transaction.queue(
      AlertQueries.insertAcknowledgment(
        alertId, in: hospital, by: user, name: name, notes: notes?.text, responseSeconds: response, at: time))
    call.transaction.queue(EscalationQueries.clearTimers([.escalation], for: alertId, in: hospital))
    let dueAt = time.adding(seconds: Int64(response))
    call.transaction.queue(EscalationQueries.setTimer(.response, for: alertId, in: hospital, dueAt: dueAt))
    call.becomesDue(at: dueAt)
    return try AlertChange(row: row, id: alertId, hospital: hospital).tell(&call)
  }

  private func refusal(_ call: WriteCall) async throws -> Failure {
    try await AlertChange.refusal(of: .acknowledge, alertId, call)
  }
}
