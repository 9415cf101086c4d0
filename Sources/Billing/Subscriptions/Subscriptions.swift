import Core
package import Jobs
import Operations
import Postgres

/// What happens to subscriptions by itself.
package enum Subscriptions {
  static let expiry = "subscription.expire"

  /// Lets a subscription that was paid for run from now on, and ends the one before.
  static func activate(_ id: SubscriptionID, in hospital: HospitalID, _ call: inout WriteCall) async throws {
    _ = try await call.transaction.query(SubscriptionQueries.lock(hospital))
    call.transaction.queue(SubscriptionQueries.endRunning(in: hospital))
    guard let row = try await call.transaction.query(SubscriptionQueries.activate(id, in: hospital)).first else {
      throw Failure(.conflict, "The subscription does not wait for its payment any more.")
    }
    var job = Job(queue: "payment-processing", kind: expiry, payload: ["subscription": .string(id.text)])
    job.dueAt = try row.decode("ends_at", as: Timestamp.self)
    job.maxAttempts = 30
    try call.enqueue(job)
  }

  /// False for one that was cancelled before its payment came, or has fewer doctors than there are by now.
  static func activateIfPending(
    _ id: SubscriptionID, in hospital: HospitalID, _ call: inout WriteCall
  ) async throws -> Bool {
    _ = try await call.transaction.query(SubscriptionQueries.lock(hospital))
    guard try await !call.transaction.query(SubscriptionQueries.canBegin(id, in: hospital)).isEmpty else {
      return false
    }
    try await activate(id, in: hospital, &call)
    return true
  }

  package static let handlers = [
    JobHandler(
      queue: "payment-processing", kind: expiry,
      inTransaction: { job, call in
        guard let id = job.payload["subscription"]?.text.flatMap({ SubscriptionID($0) }), let hospital = job.hospital
        else { throw JobTrouble("unknown subscription", isFinal: true) }
        guard try await !call.transaction.query(SubscriptionQueries.expire(id, in: hospital)).isEmpty else { return }
        var row = AuditRow(system: "subscription_expired", category: .billing, hospital: hospital)
        row.note.resource("subscription", id)
        call.auditRows.append(row)
      })
  ]
}
