import Core
package import Jobs
package import Operations
import Postgres
import Secrets

/// Hands one event over once more, because somebody asked for it; out of its order, under its own id.
package struct WebhookRedelivery: Sendable {
  private let executor: Executor
  private let calls: OutsideCalls

  package init(executor: Executor, calls: OutsideCalls) {
    self.executor = executor
    self.calls = calls
  }

  static func job(_ id: WebhookDeliveryID, in hospital: HospitalID) -> Job {
    var job = Job(
      queue: "webhook", kind: "webhook.redeliver",
      payload: ["deliveryId": .string(id.text), "hospitalId": .string(hospital.text)])
    job.maxAttempts = 5
    return job
  }

  package var handler: JobHandler {
    JobHandler(queue: "webhook", kind: "webhook.redeliver") { job in try await perform(job) }
  }

  private func perform(_ job: ClaimedJob) async throws {
    guard let id = job.payload["deliveryId"]?.text.flatMap({ WebhookDeliveryID($0) }),
      let hospital = job.payload["hospitalId"]?.text.flatMap({ HospitalID($0) })
    else { throw JobTrouble("no delivery", isFinal: true) }
    let found = try await executor.system(in: hospital) { call in
      try await call.transaction.query(WebhookWorkQueries.again(id, in: hospital))
    }
    // It was handed over already, or the endpoint or the event is no more.
    guard let row = found.first else { return }
    let webhook: WebhookID = try row.decode("webhook_id")
    let message = try WebhookMessage(row, in: hospital)
    let secret = try executor.secrets.openText(
      try row.decode("secret"), for: .webhook, place: WebhookSecret.place(of: webhook))
    let outcome = await WebhookOutcome(
      sending: message, to: try row.decode("url"), secret: secret, calls, at: executor.clock.now)
    try await note(outcome, message, webhook, hospital, isLast: job.isLastAttempt)
  }

  private func note(
    _ outcome: WebhookOutcome, _ message: WebhookMessage, _ webhook: WebhookID, _ hospital: HospitalID, isLast: Bool
  ) async throws {
    let status: String
    var code: Int?
    var reason: String?
    switch outcome {
    case .delivered(let answered): (status, code) = ("delivered", answered)
    case .failed(let failure):
      (status, code, reason) = (isLast ? "failed" : "waiting", failure.status, failure.reason)
    }
    try await executor.system(in: hospital) { call in
      call.transaction.queue(
        WebhookWorkQueries.note(
          .new(at: call.now), message, to: webhook, in: hospital, status: status, responseStatus: code, reason: reason))
    }
    if let reason { throw JobTrouble(reason, isFinal: isLast) }
  }
}
