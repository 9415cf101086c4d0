import Core
import FoundationEssentials
import Logging
import Operations
import Postgres
import Secrets
import Synchronization

/// Queues that share their connections: claims what there is room for, runs each job in a task of its own, and puts the
/// outcomes on record in batches, so that what happens while one batch is on its way makes the next.
final class JobLane: Sendable {
  private static let settledAtOnce = 500
  private static let heartbeatSeconds = JobStore.leaseSeconds / 4
  /// How long what is begun may go on when the node ends; then it is given back.
  private static let drainSeconds = 18.0

  private let store: JobStore
  private let transport: any JobTransport
  private let runner: JobRunner
  private let kinds: [String]
  private let logger: Logger
  private let state: Mutex<LaneState>
  /// Something may be due, or there is room again.
  private let due = Alarm()
  /// Something is over.
  private let over = Alarm()
  /// Something was put on record.
  private let settled = Alarm()

  init(store: JobStore, transport: any JobTransport, runner: JobRunner, queues: [JobQueue], logger: Logger) {
    self.store = store
    self.transport = transport
    self.runner = runner
    self.logger = logger
    kinds = runner.kinds(of: queues.map(\.name))
    state = Mutex(LaneState(queues: queues, at: .now))
  }

  func wake() { due.wake() }
  var workers: [(queue: JobQueue, workers: Int, running: Int)] { state.withLock { $0.workers } }
  func takeFigures() -> [String: QueueFigures] { state.withLock { $0.takeFigures() } }

  /// Works until the task is cancelled; what is begun then is finished, or given back when that takes too long.
  func run() async {
    let due = self.due
    let carrier = Task { await transport.run { due.wake() } }
    let heart = Task { await beat() }
    // Tasks of their own: what is on its way to the database must not be cut off by the end of the node.
    let settling = Task { await self.settleAgain() }
    let working = Task {
      await self.claimAgain()
      await self.drain()
      await settling.value
    }
    await withTaskCancellationHandler {
      await working.value
    } onCancel: {
      state.withLock { $0.isStopping = true }
      due.wake()
    }
    heart.cancel()
    carrier.cancel()
  }

  private var isStopping: Bool { state.withLock { $0.isStopping } }
  private var isDrained: Bool { state.withLock { $0.isDrained } }

  private func claimAgain() async {
    var hadTrouble = false
    while !isStopping {
      do {
        let wishes = state.withLock { $0.wishes() }
        let isBusy = try await claim(wishes)
        hadTrouble = false
        if !isBusy { await due.wait(atMost: .seconds(try await pause(wishes))) }
      } catch {
        if !hadTrouble { logger.error("jobs cannot be looked at", metadata: ["error": "\(error)"]) }
        hadTrouble = true
        await due.wait(atMost: .seconds(0.25))
      }
    }
  }

  private func settleAgain() async {
    var hadTrouble = false
    while true {
      // Nothing comes after what is taken now, if this is so before it is taken.
      let isLast = isDrained
      let outcomes = state.withLock { $0.takeOutcomes(most: Self.settledAtOnce) }
      do {
        try await settle(outcomes)
        hadTrouble = false
        if outcomes.isEmpty {
          if isLast { return }
          await over.wait(atMost: .seconds(1))
        }
      } catch {
        if !hadTrouble { logger.error("outcomes of jobs are not on record", metadata: ["error": "\(error)"]) }
        hadTrouble = true
        state.withLock { $0.putBack(outcomes) }
        // Their leases run out by themselves.
        if isLast { return }
        await over.wait(atMost: .seconds(0.25))
      }
    }
  }

  /// The node ends: what takes too long is given back, and whoever has it next begins it anew.
  private func drain() async {
    let end = ContinuousClock.now + .seconds(Self.drainSeconds)
    over.wake()
    while ContinuousClock.now < end, !state.withLock({ $0.isIdle }) {
      await settled.wait(atMost: end - ContinuousClock.now)
    }
    state.withLock { state in
      for job in Array(state.running.values) { state.end(job, JobOutcome(job: job, ending: .givenBack)) }
      state.isDrained = true
    }
    over.wake()
  }

  /// False when there is nothing to do before something happens.
  private func claim(_ wishes: [JobClaim.Wish]) async throws -> Bool {
    guard !wishes.isEmpty, !kinds.isEmpty else { return false }
    let claimed = try await transport.claim(JobClaim(wishes: wishes, kinds: kinds, token: UUID()))
    state.withLock { $0.begin(claimed, asked: wishes, at: .now) }
    for job in claimed { Task { await self.perform(job) } }
    return !claimed.isEmpty
  }

  private func perform(_ job: LeasedJob) async {
    let result = await runner.perform(job)
    state.withLock { state in
      state.end(job, result.isOnRecord ? nil : JobOutcome(job: job, ending: result.ending))
      if let figure = result.figure { state.count(job.queue, figure) }
    }
    if result.isOnRecord {
      settled.wake()
      await transport.settled([job.id])
      due.wake()
    } else {
      over.wake()
      due.wake()
    }
  }

  private func settle(_ outcomes: [JobOutcome]) async throws {
    guard !outcomes.isEmpty else { return }
    let counted = try await store.settle(outcomes)
    let fenced = outcomes.filter { !counted.contains($0.job.id) }
    state.withLock { state in
      for outcome in outcomes { state.free(outcome.job) }
      for outcome in fenced { state.count(outcome.job.queue, .fenced) }
    }
    settled.wake()
    due.wake()
    if !fenced.isEmpty {
      logger.warning("outcomes came after their leases and changed nothing", metadata: ["jobs": "\(fenced.count)"])
    }
    await transport.settled(outcomes.map(\.job.id))
  }

  /// Until the next delay is over; with everything in use nothing can begin before something ends.
  private func pause(_ wishes: [JobClaim.Wish]) async throws -> Double {
    guard !wishes.isEmpty else { return 1 }
    return min(max(try await store.secondsUntilNext() ?? 1, 0.001), 1)
  }

  private func beat() async {
    while true {
      do {
        try await Task.sleep(for: .seconds(Self.heartbeatSeconds))
        let leases = state.withLock { $0.leases(olderThan: .seconds(Self.heartbeatSeconds / 2), at: .now) }
        guard !leases.isEmpty else { continue }
        _ = try await store.extend(leases)
      } catch is CancellationError {
        return
      } catch {
        logger.warning("leases were not extended", metadata: ["error": "\(error)"])
      }
    }
  }
}
