import Core
import FoundationEssentials
package import Logging
import Operations
package import Postgres
package import Secrets

/// Does the work that transactions asked for: claims a batch under a lease, runs a few at a time, notes each outcome.
///
/// Any number of nodes may run it: rows are claimed with SKIP LOCKED, and the lease's token fences off a node that was
/// too slow. Woken by commits of its own node; looks each second besides.
package final class JobEngine: Sendable {
  private static let batch = 16
  private static let parallel = 4
  private let enginePool: PostgresPool
  private let secrets: KeyRing
  private let handlers: [JobHandler]
  private let logger: Logger
  private let finished: @Sendable (_ kind: String, _ outcome: String) -> Void
  private let alarm = Alarm()

  package init(
    enginePool: PostgresPool, secrets: KeyRing, handlers: [JobHandler], logger: Logger,
    finished: @escaping @Sendable (_ kind: String, _ outcome: String) -> Void
  ) {
    self.enginePool = enginePool
    self.secrets = secrets
    self.handlers = handlers
    self.logger = logger
    self.finished = finished
  }

  /// Looks again now.
  package func wake() { alarm.wake() }

  /// Works until the task is cancelled; what is begun then is finished, the rest is given back.
  package func run() async {
    // Where nobody handles anything, what is asked for waits, and so does this.
    while handlers.isEmpty, !Task.isCancelled { await alarm.wait(atMost: .seconds(60)) }
    var hadTrouble = false
    while !Task.isCancelled {
      do {
        let claimed = try await work()
        hadTrouble = false
        if claimed == 0 { await alarm.wait(atMost: .seconds(try await secondsUntilNext())) }
      } catch {
        if !hadTrouble, !Task.isCancelled { logger.error("jobs cannot be looked at", metadata: ["error": "\(error)"]) }
        hadTrouble = true
        await alarm.wait(atMost: .seconds(0.25))
      }
    }
  }

  /// Forgets what was done long ago.
  package func tidy() async throws { _ = try await enginePool.run(JobQueries.forget) }

  private func secondsUntilNext() async throws -> Double {
    let row = try await enginePool.run(JobQueries.nextDue(handlers)).first
    return min(max(try row?.decode("seconds", as: Double?.self) ?? 1, 0.01), 1)
  }

  private func work() async throws -> Int {
    let token = UUID()
    let rows = try await enginePool.run(JobQueries.claim(handlers, token: token, limit: Self.batch))
    guard !rows.isEmpty else { return 0 }
    let heartbeat = Task { await self.keepLease(token) }
    await withTaskGroup(of: Void.self) { group in
      for (index, row) in rows.enumerated() {
        if index >= Self.parallel { await group.next() }
        let isOver = Task.isCancelled
        // A task of its own: a job that is begun is not cut off by the end of the engine.
        group.addTask { await Task { isOver ? await self.giveBack(row, token) : await self.perform(row, token) }.value }
      }
    }
    heartbeat.cancel()
    return rows.count
  }

  private func keepLease(_ token: UUID) async {
    while true {
      do {
        try await Task.sleep(for: .seconds(JobQueries.leaseSeconds / 3))
        _ = try await enginePool.run(JobQueries.extend(token: token))
      } catch is CancellationError {
        return
      } catch {
        logger.warning("a lease was not extended", metadata: ["error": "\(error)"])
      }
    }
  }

  private func perform(_ row: Row, _ token: UUID) async {
    do {
      let id: JobID = try row.decode("id")
      let attempt: Int = try row.decode("attempts")
      let isLast = attempt >= (try row.decode("max_attempts", as: Int.self))
      do {
        let job = try open(row, id, attempt)
        try await handlers.first { $0.kind == job.kind }?.work(job)
        finished(job.kind, "done")
        _ = try await enginePool.run(JobQueries.finish(id, token: token))
      } catch let error as PostgresError {
        // The outcome is not on record: the lease runs out and the job is done again.
        throw error
      } catch {
        try await note(error, id, token, attempt: attempt, isLast: isLast)
      }
    } catch {
      logger.error("a job's outcome was not noted", metadata: ["error": "\(error)"])
    }
  }

  private func open(_ row: Row, _ id: JobID, _ attempt: Int) throws -> ClaimedJob {
    let sealed = try row.decode("payload", as: [UInt8].self)
    let payload = try JSONParser.parse(secrets.open(sealed, for: .jobPayload, place: Job.place(of: id)))
    return ClaimedJob(
      id: id, kind: try row.decode("kind"), payload: payload, attempt: attempt,
      createdAt: try row.decode("created_at"))
  }

  private func note(_ error: any Error, _ id: JobID, _ token: UUID, attempt: Int, isLast: Bool) async throws {
    let trouble = error as? JobTrouble ?? JobTrouble(error is SealError ? "sealed by another key" : "failed inside")
    let isDead = isLast || trouble.isFinal
    logger.log(
      level: isDead ? .error : .warning, isDead ? "a job is given up" : "a job failed and is tried again",
      metadata: ["job": "\(id.text)", "attempt": "\(attempt)", "reason": "\(trouble.reason)"])
    finished("job", isDead ? "dead" : "retry")
    let wait = Backoff.seconds(afterAttempt: attempt, chance: Double.random(in: 0...1))
    _ = try await enginePool.run(
      isDead
        ? JobQueries.bury(id, token: token, reason: trouble.reason)
        : JobQueries.retry(id, token: token, afterSeconds: wait, reason: trouble.reason))
  }

  private func giveBack(_ row: Row, _ token: UUID) async {
    do {
      _ = try await enginePool.run(JobQueries.release(try row.decode("id"), token: token))
    } catch {
      logger.warning("a job was not given back", metadata: ["error": "\(error)"])
    }
  }
}
