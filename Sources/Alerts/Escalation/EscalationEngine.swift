import Core
package import Logging
package import Operations
package import Postgres

/// Does what is due: sleeps until the earliest due time, is woken by new ones, and looks once a second in case
/// another node died between its commit and its notice.
///
/// Several nodes may run it: the row lock and the due time inside the transaction let each step happen once.
package final class EscalationEngine: Sendable {
  private let executor: Executor
  private let enginePool: PostgresPool
  private let logger: Logger
  private let escalated: @Sendable (Int) -> Void
  private let alarm = Alarm()

  private static let batch = 64
  private static let parallel = 4
  private static let longestSleepSeconds = 1.0
  private static let retrySeconds = 1.0

  /// `enginePool` speaks as the engine's role, which sees ids and due times only; `escalated` counts steps.
  package init(
    executor: Executor, enginePool: PostgresPool, logger: Logger, escalated: @escaping @Sendable (Int) -> Void
  ) {
    self.executor = executor
    self.enginePool = enginePool
    self.logger = logger
    self.escalated = escalated
  }

  /// Looks again now.
  package func wake() { alarm.wake() }

  /// Works until the task is cancelled.
  package func run() async {
    var hadTrouble = false
    var putOff: [TimerWork: ContinuousClock.Instant] = [:]
    while !Task.isCancelled {
      do {
        putOff = putOff.filter { $0.value > .now }
        let (due, sleepSeconds) = try await look(besides: putOff)
        let failed = await work(through: due)
        for work in failed { putOff[work] = .now + .seconds(Self.retrySeconds) }
        hadTrouble = false
        if due.isEmpty { await alarm.wait(atMost: .seconds(sleepSeconds)) }
      } catch {
        if !hadTrouble, !Task.isCancelled { logger.error("escalation cannot look", metadata: ["error": "\(error)"]) }
        hadTrouble = true
        await alarm.wait(atMost: .seconds(0.25))
      }
    }
  }

  /// What is due, but for what failed a moment ago: so many failures cannot stand before the others.
  private func look(besides putOff: [TimerWork: ContinuousClock.Instant]) async throws -> ([TimerWork], Double) {
    let results = try await enginePool.run([
      EscalationQueries.dueTimers(limit: Self.batch + putOff.count), EscalationQueries.nextDue,
    ])
    guard results.count == 2, let next = results[1].first else { throw Failure.internalFault }
    executor.clock.synchronise(with: try next.decode("now"))
    let seconds = try next.decode("seconds", as: Double?.self) ?? Self.longestSleepSeconds
    let due = try results[0].compactMap { row -> TimerWork? in
      guard let kind = TimerKind(rawValue: try row.decode("kind", as: String.self)) else { return nil }
      return TimerWork(alert: try row.decode("alert_id"), hospital: try row.decode("hospital_id"), kind: kind)
    }
    // With something put off the earliest due time lies in the past: a look each fraction of a second will do.
    let shortest = putOff.isEmpty ? 0.001 : 0.25
    return (due.filter { putOff[$0] == nil }, min(max(seconds, shortest), Self.longestSleepSeconds))
  }

  /// Those that failed. One that fails is logged and tried again a second later; the others go on.
  private func work(through due: [TimerWork]) async -> [TimerWork] {
    await withTaskGroup(of: TimerWork?.self) { group in
      var failed: [TimerWork] = []
      for (index, work) in due.enumerated() {
        if index >= Self.parallel, let failure = await group.next() ?? nil { failed.append(failure) }
        group.addTask { await self.perform(work) ? nil : work }
      }
      for await failure in group { if let failure { failed.append(failure) } }
      return failed
    }
  }

  private func perform(_ work: TimerWork) async -> Bool {
    do {
      let steps = try await executor.system(in: work.hospital) { call in try await work.run(&call) }
      if steps > 0 { escalated(steps) }
      return true
    } catch {
      logger.error(
        "a due time could not be served",
        metadata: ["alert": "\(work.alert.text)", "kind": "\(work.kind.rawValue)", "error": "\(error)"])
      return false
    }
  }
}
