package import Core
package import Operations
import Postgres

/// Hands an acknowledged alert to a colleague, who has it from then on; only who has it now can.
package struct TransferAlert: WriteOperation {
  package let alertId: AlertID
  package let toUserId: UserID
  package let reason: ShortText

  package static let contract = Contract(
    name: "alerts.transfer", aliases: ["healthcare.transferAlert"], route: .post("/alerts/{alertId}/transfer"),
    summary: "Hand an alert to a colleague", message: "Alert transferred.", access: .permission(.acknowledgeAlerts),
    limit: .standard, mode: .write, audit: .row(action: "alert_transferred", category: .alert), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<AlertKind> {
    let hospital = try call.hospital.id
    let who = try call.responder
    guard toUserId != who.id else { throw Failure.invalid("toUserId", "must be somebody else", rule: "consistent") }
    try await Colleague.check(toUserId, field: "toUserId", call)
    let rows = try await call.transaction.query(
      ResponderQueries.transfer(alertId, in: hospital, from: who.id, to: toUserId))
    guard let row = rows.first else { throw try await refusal(call, who) }
    let time = try row.decode("updatedAt", as: Timestamp.self)
    let dueAt = time.adding(seconds: try row.decode("response_seconds", as: Int64.self))
    call.transaction.queue(EscalationQueries.setTimer(.response, for: alertId, in: hospital, dueAt: dueAt))
    call.transaction.queue(
      AlertQueries.insertChange(
        "transferred", of: alertId, in: hospital, by: who.id, name: who.name, notes: reason.text, at: time))
    call.becomesDue(at: dueAt)
    call.audit.details = ["toUserId": .string(toUserId.text)]
    try call.tell(toUserId, "alert_transferred", about: row, in: hospital, at: time)
    return try AlertChange(row: row, id: alertId, hospital: hospital).tell(&call)
  }

  private func refusal(_ call: WriteCall, _ who: Responder) async throws -> Failure {
    let found = try await call.transaction.query(AlertQueries.find(alertId, in: try call.hospital.id, boundTo: nil))
    if let row = found.first, try row.decode("status", as: String.self) == AlertLife.Status.acknowledged.rawValue,
      try row.decode("acknowledgedBy", as: UserID?.self) != who.id
    {
      return Failure(.forbidden, "Only who has acknowledged an alert can hand it on.")
    }
    return try await AlertChange.refusal(of: .transfer, alertId, call)
  }
}
