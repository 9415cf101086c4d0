package import Core
package import Operations
import Postgres

/// Says "I am there".
package struct ArriveAtAlert: WriteOperation {
  package let alertId: AlertID

  package static let contract = Contract(
    name: "alerts.arrive", route: .post("/alerts/{alertId}/arrival"), summary: "Say that you have arrived",
    message: "Noted that you are there.", access: .permission(.acknowledgeAlerts), limit: .standard, mode: .write,
    audit: .row(action: "alert_responder_arrived", category: .alert), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<AlertKind> {
    let (alert, who) = try await OpenAlert.lock(alertId, &call)
    guard var quorum = alert.quorum else {
      throw Failure(.conflict, "This alert asks for nobody in particular.")
    }
    guard [.active, .acknowledged].contains(alert.life.status), quorum.apply(.arrive, by: who.id) else {
      throw Failure(.conflict, "You are not on the way to this alert.")
    }
    call.transaction.queue(
      AlertQueries.insertChange(
        "arrived", of: alertId, in: alert.hospital, by: who.id, name: who.name, at: alert.now))
    let rows = try await call.transaction.query(
      QuorumQueries.store(quorum, of: alertId, in: alert.hospital, urgencySteps: 0, lead: nil))
    guard let row = rows.first else { throw Failure.internalFault }
    return try AlertChange(row: row, id: alertId, hospital: alert.hospital).tell(&call)
  }
}
