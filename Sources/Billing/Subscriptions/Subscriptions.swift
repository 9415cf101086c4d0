import Core
package import Jobs
import Operations
import Postgres

/// What happens to subscriptions by itself.
package enum Subscriptions {
  static let expiry = "subscription.expire"
  static let warning = "subscription.warn"
  static let warnedBefore: Int64 = 7 * 86_400

  /// Lets a subscription that was paid for run from now on, and ends the one before.
  static func activate(_ id: SubscriptionID, in hospital: HospitalID, _ call: inout WriteCall) async throws {
    _ = try await call.transaction.query(SubscriptionQueries.lock(hospital))
    call.transaction.queue(SubscriptionQueries.endRunning(in: hospital))
    guard let row = try await call.transaction.query(SubscriptionQueries.activate(id, in: hospital)).first else {
      throw Failure(.conflict, "The subscription does not wait for its payment any more.")
    }
    let end = try row.decode("ends_at", as: Timestamp.self)
    for (kind, dueAt) in [(warning, end.adding(seconds: -warnedBefore)), (expiry, end)] {
      var job = Job(queue: "payment-processing", kind: kind, payload: ["subscription": .string(id.text)])
      job.dueAt = dueAt
      job.maxAttempts = 30
      try call.enqueue(job)
    }
  }

  /// Tells the hospital's administrators that it ends, unless it is over or another has taken its place.
  private static func warn(_ id: SubscriptionID, in hospital: HospitalID, _ call: inout WriteCall) async throws {
    for row in try await call.transaction.query(SubscriptionQueries.ending(id, in: hospital)) {
      let day = String(try row.decode("ends_at", as: Timestamp.self).rfc3339.prefix(10))
      try call.send(
        Mail(
          "subscription-ending", to: EmailAddress(unchecked: try row.decode("email")),
          values: [
            "hospital": .string(try row.decode("hospital")), "plan": .string(try row.decode("plan")),
            "day": .string(day),
          ]))
    }
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
      queue: "payment-processing", kind: warning,
      inTransaction: { job, call in
        guard let id = job.payload["subscription"]?.text.flatMap({ SubscriptionID($0) }), let hospital = job.hospital
        else { throw JobTrouble("unknown subscription", isFinal: true) }
        try await warn(id, in: hospital, &call)
      }),
    JobHandler(
      queue: "payment-processing", kind: expiry,
      inTransaction: { job, call in
        guard let id = job.payload["subscription"]?.text.flatMap({ SubscriptionID($0) }), let hospital = job.hospital
        else { throw JobTrouble("unknown subscription", isFinal: true) }
        guard try await !call.transaction.query(SubscriptionQueries.expire(id, in: hospital)).isEmpty else { return }
        var row = AuditRow(system: "subscription_expired", category: .billing, hospital: hospital)
        row.note.resource("subscription", id)
        call.auditRows.append(row)
      }),
  ]
}
