package import Core
package import Operations
import Postgres

/// Says "I cannot come after all": the place is open again and the missing are asked at once; an alert that nobody has
/// in hand any more rings again.
package struct WithdrawFromAlert: WriteOperation {
  package let alertId: AlertID
  package let reason: ShortText?

  package static let contract = Contract(
    name: "alerts.withdraw", route: .post("/alerts/{alertId}/withdrawal"), summary: "Take an answer back",
    message: "Noted that you cannot come.", access: .permission(.acknowledgeAlerts), limit: .standard, mode: .write,
    audit: .row(action: "alert_responder_withdrew", category: .alert), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<AlertKind> {
    let (alert, who) = try await OpenAlert.lock(alertId, &call)
    var quorum = alert.quorum
    let isComing = quorum?.apply(.withdraw, by: who.id) ?? (alert.acknowledgedBy == who.id)
    guard [.active, .acknowledged].contains(alert.life.status), isComing else {
      throw Failure(.conflict, "You are not on the way to this alert.")
    }
    call.transaction.queue(
      AlertQueries.insertChange(
        "withdrawn", of: alertId, in: alert.hospital, by: who.id, name: who.name, notes: reason?.text, at: alert.now))
    var life = alert.life
    if life.apply(.reactivate) {
      let row = try await Reactivation(alert: alert, quorum: quorum).run(&call)
      return try AlertChange(row: row, id: alertId, hospital: alert.hospital).tell(&call)
    }
    guard let quorum else { throw Failure.internalFault }
    let paging = QuorumPaging(quorum: quorum, alert: alertId, hospital: alert.hospital)
    let people = try await paging.people(call.transaction).filter { $0 != who.id }
    paging.note(people, at: alert.now, in: call.transaction)
    try alert.page(people, "alert_quorum_missing", tier: alert.tier, &call)
    let rows = try await call.transaction.query(
      QuorumQueries.store(quorum, of: alertId, in: alert.hospital, urgencySteps: 0, lead: nil))
    guard let row = rows.first else { throw Failure.internalFault }
    return try AlertChange(row: row, id: alertId, hospital: alert.hospital).tell(&call)
  }
}
