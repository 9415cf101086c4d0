package import Core
package import Operations
import Postgres

/// Resolves 1 to 50 acknowledged alerts with the same words; each by itself succeeds or tells why not.
package struct BatchResolve: WriteOperation {
  package let alertIds: AlertBatch
  package let resolution: ResolutionText
  package let followUpRequired: Bool?
  package let followUpNotes: ShortText?

  package static let contract = Contract(
    name: "alerts.batchResolve", aliases: ["healthcare.batchResolveAlerts"],
    route: .post("/alerts/batch-resolution"), summary: "Resolve several alerts", message: "Alerts resolved.",
    access: .permission(.resolveAlerts), limit: .standard, mode: .write,
    audit: .row(action: "batch_alerts_resolved", category: .alert), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> BatchOutcome {
    guard followUpRequired == true || followUpNotes == nil else {
      throw Failure.invalid("followUpNotes", "goes with followUpRequired only", rule: "consistent")
    }
    let hospital = try call.hospital.id
    let who = try call.responder
    let done = try await call.transaction.query(
      BatchQueries.resolve(alertIds.ids, in: hospital, by: who, resolution: resolution.text))
    if let time = try done.first?.decode("resolvedAt", as: Timestamp.self) {
      let ids = try done.map { try $0.decode("id", as: AlertID.self) }
      call.transaction.queue(BatchQueries.clearTimers(TimerKind.allCases, for: ids, in: hospital))
      call.transaction.queue(
        BatchQueries.insertChanges("resolved", of: ids, in: hospital, by: who, notes: resolution.text, at: time))
      if followUpRequired == true {
        let words = followUpNotes.map { "Follow-up: \($0.text)" } ?? "Follow-up required."
        call.transaction.queue(
          BatchQueries.insertChanges("commented", of: ids, in: hospital, by: who, notes: words, at: time))
      }
    }
    return try await BatchOutcome.tell(alertIds.ids, done: done, move: .resolve, "alert_resolved", &call)
  }
}
