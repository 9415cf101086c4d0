package import Core
package import Operations
import Postgres

/// Says "I cannot come"; when everybody of the tier has said so, the alert rises at once.
package struct DeclineAlert: WriteOperation {
  package let alertId: AlertID
  package let reason: ShortText?

  package static let contract = Contract(
    name: "alerts.decline", route: .post("/alerts/{alertId}/declination"), summary: "Decline a page",
    message: "Noted that you cannot come.", access: .permission(.acknowledgeAlerts), limit: .standard, mode: .write,
    audit: .row(action: "alert_declined", category: .alert), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<AlertKind> {
    let hospital = try call.hospital.id
    let user = try call.person
    guard let locked = try await call.transaction.query(EscalationQueries.lock(alertId, in: hospital)).first else {
      throw Failure.notFound("alert")
    }
    let alert = try OpenAlert(locked)
    guard alert.life.status == .active else { throw try await AlertChange.refusal(of: .climb, alertId, call) }
    let counted = try await call.transaction.query(
      EscalationQueries.decline(alertId, tier: alert.tier, by: user, in: hospital))
    guard let row = counted.first, try row.decode("declined", as: Int.self) > 0 else {
      throw Failure(.conflict, "You are not paged for this alert now, or have declined it already.")
    }
    call.audit.resource("alert", alertId)
    call.transaction.queue(
      AlertQueries.insertChange(
        "declined", of: alertId, in: hospital, by: user, name: call.caller?.name, notes: reason?.text, at: alert.now))
    let isLast = try row.decode("in_tier", as: Bool.self) && row.decode("others", as: Int.self) == 0
    guard isLast, alert.tier < alert.ladder.lastTier else {
      let found = try await call.transaction.query(AlertQueries.find(alertId, in: hospital, boundTo: nil))
      guard let row = found.first else { throw Failure.internalFault }
      return try Document(row)
    }
    return try Document(try await Climbing(alert: alert, reason: .declined, dueAt: alert.now).run(&call))
  }
}
