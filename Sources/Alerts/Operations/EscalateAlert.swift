package import Core
package import Operations
import Postgres

/// Raises an alert to the next tier at once; the later due times stay.
package struct EscalateAlert: WriteOperation {
  package let alertId: AlertID

  package static let contract = Contract(
    name: "alerts.escalate", aliases: ["healthcare.triggerEscalation"], route: .post("/alerts/{alertId}/escalation"),
    summary: "Escalate an alert now", message: "Alert escalated.", access: .permission(.escalateAlerts),
    limit: .standard, mode: .write, audit: .row(action: "manual_escalation", category: .alert), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<AlertKind> {
    let hospital = try call.hospital.id
    guard let locked = try await call.transaction.query(EscalationQueries.lock(alertId, in: hospital)).first else {
      throw Failure.notFound("alert")
    }
    let alert = try OpenAlert(locked)
    var life = alert.life
    guard life.apply(.climb) else { throw try await AlertChange.refusal(of: .climb, alertId, call) }
    guard alert.tier < alert.ladder.lastTier else {
      throw Failure(.conflict, "The alert is in its last tier.", details: ["tier": .integer(Int64(alert.tier))])
    }
    let climbing = Climbing(
      alert: alert, reason: .manual, dueAt: alert.now, actor: try call.person, actorName: call.caller?.name)
    let row = try await climbing.run(&call)
    call.audit.resource("alert", alertId)
    call.audit.details = [
      "fromTier": .integer(Int64(alert.tier)), "toTier": .integer(try row.decode("escalationTier", as: Int64.self)),
    ]
    return try Document(row)
  }
}
