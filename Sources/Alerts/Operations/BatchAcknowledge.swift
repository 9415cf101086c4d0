package import Core
package import Operations
import Postgres

/// Acknowledges 1 to 50 alerts at once; each by itself succeeds or tells why not.
package struct BatchAcknowledge: WriteOperation {
  package let alertIds: AlertBatch
  package let responseAction: ResponseAction?
  /// Minutes until the responder is there.
  package let estimatedResponseTime: ResponseMinutes?
  package let notes: ShortText?

  package static let contract = Contract(
    name: "alerts.batchAcknowledge",
    aliases: ["healthcare.batchAcknowledgeAlerts", "healthcare.bulkAcknowledgeAlerts"],
    route: .post("/alerts/batch-acknowledgement"), summary: "Acknowledge several alerts",
    message: "Alerts acknowledged.", access: .permission(.acknowledgeAlerts), limit: .standard, mode: .write,
    audit: .row(action: "batch_alerts_acknowledged", category: .alert), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> BatchOutcome {
    let hospital = try call.hospital.id
    let who = try call.responder
    let response = try Response(
      action: responseAction, minutes: estimatedResponseTime, delegate: nil, assessment: nil, notes: notes, by: who.id)
    let done = try await call.transaction.query(
      BatchQueries.acknowledge(alertIds.ids, in: hospital, by: who, response))
    var due: [AlertID: Int] = [:]
    for row in done {
      due[try row.decode("id")] = response.seconds(
        firstStep: try row.decode("first_step_seconds"), standard: try row.decode("response_seconds"))
    }
    if let time = try done.first?.decode("acknowledgedAt", as: Timestamp.self) {
      let ids = Array(due.keys)
      call.transaction.queue(BatchQueries.insertAcknowledgments(due, in: hospital, by: who, response, at: time))
      call.transaction.queue(BatchQueries.clearTimers([.escalation], for: ids, in: hospital))
      call.transaction.queue(BatchQueries.setResponseTimers(due, in: hospital, from: time))
      call.becomesDue(at: due.values.min().map { time.adding(seconds: Int64($0)) })
    }
    return try await BatchOutcome.tell(alertIds.ids, done: done, move: .acknowledge, "alert_acknowledged", &call)
  }
}
