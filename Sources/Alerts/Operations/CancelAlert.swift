package import Core
package import Operations
import Postgres

/// Takes back an alert that was raised in error.
package struct CancelAlert: WriteOperation {
  package let alertId: AlertID
  package let reason: ShortText?

  package static let contract = Contract(
    name: "alerts.cancel", route: .post("/alerts/{alertId}/cancellation"), summary: "Cancel an alert",
    message: "Alert cancelled.", access: .permission(.cancelAlerts), limit: .standard, mode: .write,
    audit: .row(action: "alert_cancelled", category: .alert), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<AlertKind> {
    let hospital = try call.hospital.id
    let user = try call.person
    let rows = try await call.transaction.query(AlertQueries.cancel(alertId, in: hospital))
    guard let row = rows.first else { throw try await AlertChange.refusal(of: .cancel, alertId, call) }
    call.transaction.queue(EscalationQueries.clearTimers(TimerKind.allCases, for: alertId, in: hospital))
    call.transaction.queue(
      AlertQueries.insertChange(
        "cancelled", of: alertId, in: hospital, by: user, name: call.caller?.name, notes: reason?.text,
        at: try row.decode("updatedAt")))
    return try AlertChange(row: row, id: alertId, hospital: hospital).tell(&call)
  }
}
