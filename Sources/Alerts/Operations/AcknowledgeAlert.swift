package import Core
package import Operations
import Postgres

/// Says "I am on it": escalation stops, and the first one wins; or, where several are asked for, "I am coming".
package struct AcknowledgeAlert: WriteOperation {
  package let alertId: AlertID
  package let notes: ShortText?
  package let responseAction: ResponseAction?
  /// Minutes until the responder is there; after it he is paged again if nothing is resolved.
  package let estimatedResponseTime: ResponseMinutes?
  /// With `delegating`: who is to take the alert over, by acknowledging it himself.
  package let delegateTo: UserID?
  package let urgencyAssessment: UrgencyAssessment?

  package static let contract = Contract(
    name: "alerts.acknowledge", aliases: ["healthcare.acknowledgeAlert", "healthcare.acknowledgePatientAlert"],
    route: .post("/alerts/{alertId}/acknowledgement"), summary: "Acknowledge an alert",
    message: "Alert acknowledged.", access: .permission(.acknowledgeAlerts), limit: .standard, mode: .write,
    audit: .row(action: "alert_acknowledged", category: .alert), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<AlertKind> {
    let hospital = try call.hospital.id
    let who = try call.responder
    let response = try Response(
      action: responseAction, minutes: estimatedResponseTime, delegate: delegateTo, assessment: urgencyAssessment,
      notes: notes, by: who.id)
    if let delegateTo { try await Colleague.check(delegateTo, field: "delegateTo", call) }
    let rows = try await call.transaction.query(
      ResponderQueries.acknowledge(alertId, in: hospital, by: who, response))
    guard let row = rows.first else { return try await answerOrRefuse(who, response, &call) }
    let time = try row.decode("acknowledgedAt", as: Timestamp.self)
    let seconds = response.seconds(
      firstStep: try row.decode("first_step_seconds"), standard: try row.decode("response_seconds"))
    call.transaction.queue(
      ResponderQueries.insertAcknowledgment(
        of: alertId, in: hospital, by: who, response, seconds: seconds, at: time))
    call.transaction.queue(EscalationQueries.clearTimers([.escalation], for: alertId, in: hospital))
    let dueAt = time.adding(seconds: Int64(seconds))
    call.transaction.queue(EscalationQueries.setTimer(.response, for: alertId, in: hospital, dueAt: dueAt))
    call.becomesDue(at: dueAt)
    if let delegateTo { try call.tell(delegateTo, "alert_delegated", about: row, in: hospital, at: time) }
    return try AlertChange(row: row, id: alertId, hospital: hospital).tell(&call)
  }

  /// The alert asks for several people, or it is not to be had.
  private func answerOrRefuse(
    _ who: Responder, _ response: Response, _ call: inout WriteCall
  ) async throws -> Document<AlertKind> {
    let (alert, _) = try await OpenAlert.lock(alertId, &call)
    guard alert.quorum != nil, alert.life.status == .active else {
      throw try await AlertChange.refusal(of: .acknowledge, alertId, call)
    }
    return try await QuorumAnswer(alert: alert, who: who, response: response).run(&call)
  }
}
