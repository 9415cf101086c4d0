package import Core
import Postgres

extension Executor {
  /// A transaction of what Ward does by itself in one hospital, or in none: an escalation, an expiry, a job. Audit rows
  /// and events of the body are written in it (events in a hospital only), and the sleepers are woken after its commit.
  package func system<R: Sendable>(
    in hospital: HospitalID?, _ body: (inout WriteCall) async throws -> R
  ) async throws -> R {
    var wakes = Wakes(hospital: hospital)
    let result = try await pool.transaction(
      settings: [("ward.hospital", hospital?.text ?? ""), ("ward.user", "")], sharesFlush: true, retry: .replayable
    ) { transaction in
      var call = WriteCall(
        caller: nil, origin: RequestOrigin(id: "system", address: "", userAgent: ""), now: clock.now,
        transaction: transaction, secrets: secrets, tenant: hospital, answers: answers)
      let result = try await body(&call)
      for row in call.auditRows { transaction.queue(row.insert(at: call.now)) }
      if !call.events.isEmpty, let hospital {
        transaction.queue(HouseQueries.append(call.events, hospital: hospital, at: call.now))
        wakes.hasEvents = true
      }
      wakes.hasTimers = call.wakesEngine
      wakes.hasJobs = call.hasJobs
      return result
    }
    observer.committed(wakes)
    return result
  }
}
