import Core
import Logging
import Operations
import Postgres
import Secrets

/// Opens a leased job, has it done by its handler, and says how it ended.
struct JobRunner: Sendable {
  struct Result {
    let ending: JobOutcome.Ending
    var figure: QueueFigures.Ending?
    /// Nothing is left to write: the transaction of the job has done it, or the lease was lost.
    var isOnRecord = false
  }

  private let executor: Executor
  private let secrets: KeyRing
  private let handlers: [String: JobHandler]
  private let logger: Logger
  private let finished: @Sendable (_ kind: String, _ outcome: String) -> Void

  init(
    executor: Executor, secrets: KeyRing, handlers: [JobHandler], logger: Logger,
    finished: @escaping @Sendable (String, String) -> Void
  ) {
    self.executor = executor
    self.secrets = secrets
    self.handlers = Dictionary(
      handlers.map { (Self.key($0.queue, $0.kind), $0) }, uniquingKeysWith: { first, _ in first })
    self.logger = logger
    self.finished = finished
  }

  private static func key(_ queue: String, _ kind: String) -> String { queue + " " + kind }

  func kinds(of queues: [String]) -> [String] {
    Set(handlers.values.filter { queues.contains($0.queue) }.map(\.kind)).sorted()
  }

  func perform(_ leased: LeasedJob) async -> Result {
    do {
      guard let handler = handlers[Self.key(leased.queue, leased.kind)] else {
        throw JobTrouble("nobody here does this in this queue")
      }
      let job = try open(leased)
      switch handler.work {
      case .outside(let work):
        try await work(job)
        finished(job.kind, "done")
        return Result(ending: .done, figure: .done)
      case .inside(let work):
        try await perform(leased, job, work)
        finished(job.kind, "done")
        return Result(ending: .done, figure: .done, isOnRecord: true)
      }
    } catch is LeaseLost {
      logger.warning("a job's lease was lost before its transaction", metadata: ["job": "\(leased.id.text)"])
      return Result(ending: .givenBack, figure: .fenced, isOnRecord: true)
    } catch let later as NotBefore {
      finished(leased.kind, "snoozed")
      return Result(ending: .snooze(until: later.time))
    } catch {
      return failed(leased, error)
    }
  }

  /// The job and what it does are committed together, under the lease that holds, or neither is.
  private func perform(
    _ leased: LeasedJob, _ job: ClaimedJob, _ work: @Sendable (ClaimedJob, inout WriteCall) async throws -> Void
  ) async throws {
    try await executor.system(in: leased.hospital) { call in
      let row = try await call.transaction.query(JobQueries.finishHere(leased)).first
      guard try row?.decode("finished", as: Bool.self) ?? false else { throw LeaseLost() }
      try await work(job, &call)
    }
  }

  private func open(_ leased: LeasedJob) throws -> ClaimedJob {
    var payload = JSONValue.null
    if !leased.payload.isEmpty {
      payload = try JSONParser.parse(
        secrets.open(leased.payload, for: .jobPayload, place: Job.place(of: leased.id)))
    }
    return ClaimedJob(
      id: leased.id, hospital: leased.hospital, queue: leased.queue, kind: leased.kind, payload: payload,
      attempt: leased.attempt, isLastAttempt: leased.attempt >= leased.maxAttempts, createdAt: leased.createdAt,
      now: leased.claimedAt)
  }

  private func failed(_ job: LeasedJob, _ error: any Error) -> Result {
    let trouble =
      error as? JobTrouble
      ?? JobTrouble(error is SealError ? "sealed by another key" : "failed inside: \(type(of: error))")
    let isDead = job.attempt >= job.maxAttempts || trouble.isFinal
    logger.log(
      level: isDead ? .error : .warning, isDead ? "a job is given up" : "a job failed and is tried again",
      metadata: ["job": "\(job.id.text)", "attempt": "\(job.attempt)", "reason": "\(trouble.reason)"])
    finished("job", isDead ? "dead" : "retry")
    let reason = String(trouble.reason.prefix(200))
    if isDead { return Result(ending: .dead(reason: reason), figure: .dead) }
    let wait = Backoff.seconds(afterAttempt: job.attempt, chance: Double.random(in: 0...1))
    return Result(ending: .retry(afterSeconds: wait, reason: reason), figure: .retried)
  }
}

/// Somebody else does the job by now: what was begun here is taken back.
private struct LeaseLost: Error {}
