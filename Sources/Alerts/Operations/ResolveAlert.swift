package import Core
package import Operations
import Postgres

/// Ends an acknowledged alert and says how.
package struct ResolveAlert: WriteOperation {
  package let alertId: AlertID
  package let resolution: ResolutionText

  package static let contract = Contract(
    name: "alerts.resolve", aliases: ["healthcare.resolveAlert"], route: .post("/alerts/{alertId}/resolution"),
    summary: "Resolve an alert", message: "Alert resolved.", access: .permission(.resolveAlerts), limit: .standard,
    mode: .write, audit: .row(action: "alert_resolved", category: .alert), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<AlertKind> {
    let hospital = try call.hospital.id
    let user = try call.person
    let rows = try await call.transaction.query(
      AlertQueries.resolve(alertId, in: hospital, by: user, resolution: resolution.text))
    guard let row = rows.first else { throw try await AlertChange.refusal(of: .resolve, alertId, call) }
    call.transaction.queue(EscalationQueries.clearTimers(TimerKind.allCases, for: alertId, in: hospital))
    call.transaction.queue(
      AlertQueries.insertChange(
        "resolved", of: alertId, in: hospital, by: user, name: call.caller?.name, notes: resolution.text,
        at: try row.decode("resolvedAt")))
    return try AlertChange(row: row, id: alertId, hospital: hospital).tell(&call)
  }
}
