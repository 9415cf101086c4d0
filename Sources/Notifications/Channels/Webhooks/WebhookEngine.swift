import Core
import FoundationEssentials
package import Logging
package import Operations
package import Postgres
import Synchronization

/// Hands events to the endpoints that hear them: several endpoints at a time, each event of one after the other, no
/// hospital more than its share; one that hangs or fails holds up itself alone.
///
/// Any number of nodes may run it: a cursor is leased, and the lease's token fences off a node that was too slow. An
/// endpoint may get an event twice (a node can die between the answer and its note), under the same id.
package final class WebhookEngine: Sendable {
  private static let parallel = 64
  private static let perHospital = 4

  private struct State {
    var running: [HospitalID: Int] = [:]
    var isOver = false
    var count: Int { running.values.reduce(0, +) }
  }

  private let executor: Executor
  private let enginePool: PostgresPool
  private let calls: OutsideCalls
  private let logger: Logger
  private let alarm = Alarm()
  private let state = Mutex(State())

  package init(executor: Executor, enginePool: PostgresPool, calls: OutsideCalls, logger: Logger) {
    self.executor = executor
    self.enginePool = enginePool
    self.calls = calls
    self.logger = logger
  }

  /// There is news.
  package func wake() { alarm.wake() }

  /// Works until the task is cancelled; an event that is on its way then is waited for.
  package func run() async {
    var hadTrouble = false
    await withDiscardingTaskGroup { group in
      while !Task.isCancelled {
        do {
          for (hospital, webhook, token) in try await claim() {
            state.withLock { $0.running[hospital, default: 0] += 1 }
            group.addTask { await Task { await self.drain(hospital, webhook, token) }.value }
          }
          hadTrouble = false
        } catch {
          if !hadTrouble, !Task.isCancelled {
            logger.error("webhooks cannot be looked at", metadata: ["error": "\(error)"])
          }
          hadTrouble = true
        }
        await alarm.wait(atMost: .seconds(1))
      }
      state.withLock { $0.isOver = true }
    }
  }

  private func claim() async throws -> [(HospitalID, WebhookID, UUID)] {
    let (free, busy) = state.withLock { state in
      (Self.parallel - state.count, state.running.filter { $0.value >= Self.perHospital }.map(\.key))
    }
    guard free > 0 else { return [] }
    let token = UUID()
    let rows = try await enginePool.run(
      WebhookWorkQueries.claim(token: token, limit: free, perHospital: Self.perHospital, busy: busy))
    return try rows.map { (try $0.decode("hospital_id"), try $0.decode("webhook_id"), token) }
  }

  private func drain(_ hospital: HospitalID, _ webhook: WebhookID, _ token: UUID) async {
    let drain = WebhookDrain(
      executor: executor, calls: calls, hospital: hospital, webhook: webhook, token: token,
      isOver: { self.state.withLock { $0.isOver } })
    do {
      try await drain.run()
    } catch {
      // The lease runs out, and the endpoint is looked at again.
      logger.error("a webhook was not served", metadata: ["webhook": "\(webhook.text)", "error": "\(error)"])
    }
    state.withLock { state in
      let left = (state.running[hospital] ?? 1) - 1
      state.running[hospital] = left > 0 ? left : nil
    }
    alarm.wake()
  }
}
