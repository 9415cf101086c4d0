import Core
import FoundationEssentials

/// What a lane has in hand: leases that run, outcomes that are not yet on record, room by queue. Pure.
struct LaneState: Sendable {
  /// By lease, not by job: whoever loses a lease without noticing may be given the same job again.
  private(set) var running: [JobLease: LeasedJob] = [:]
  private(set) var beganAt: [JobLease: ContinuousClock.Instant] = [:]
  private(set) var outcomes: [JobOutcome] = []
  private(set) var figures: [String: QueueFigures] = [:]
  private var scales: [String: WorkerScale] = [:]
  /// Leases by queue, until the outcome is on record.
  private var counts: [String: Int] = [:]
  /// Jobs that run, by queue.
  private var active: [String: Int] = [:]
  private var lastTurns: [String: UUID] = [:]
  private var queues: [JobQueue]
  /// Nothing more is claimed.
  var isStopping = false
  /// Nothing more begins or ends: what has an outcome now has its last one.
  var isDrained = false

  init(queues: [JobQueue], at now: ContinuousClock.Instant) {
    self.queues = queues
    for queue in queues {
      scales[queue.name] = WorkerScale(fewest: queue.fewestWorkers, most: queue.concurrency, at: now)
    }
  }

  var isIdle: Bool { counts.values.allSatisfy { $0 == 0 } }

  /// How many of which queue may begin, another queue first each time. While outcomes are on their way to the database
  /// others may run in their place, as many as have workers and not more, so that nothing piles up when it stands still.
  mutating func wishes() -> [JobClaim.Wish] {
    guard !isStopping, let first = queues.first else { return [] }
    queues.removeFirst()
    queues.append(first)
    return queues.compactMap { queue in
      let workers = scales[queue.name]?.workers ?? queue.concurrency
      let room = min(workers - (active[queue.name] ?? 0), 2 * workers - (counts[queue.name] ?? 0))
      return room > 0 ? JobClaim.Wish(queue: queue.name, room: room, after: lastTurns[queue.name]) : nil
    }
  }

  mutating func begin(_ jobs: [LeasedJob], asked wishes: [JobClaim.Wish], at now: ContinuousClock.Instant) {
    var taken: [String: Int] = [:]
    for job in jobs {
      running[job.lease] = job
      beganAt[job.lease] = now
      counts[job.queue, default: 0] += 1
      active[job.queue, default: 0] += 1
      taken[job.queue, default: 0] += 1
      lastTurns[job.queue] = job.hospital?.rawValue ?? UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
      figures[job.queue, default: QueueFigures()].began(afterSeconds: job.waitedSeconds)
    }
    for wish in wishes {
      let count = taken[wish.queue] ?? 0
      scales[wish.queue]?.claimed(count, of: wish.room, running: active[wish.queue] ?? 0, at: now)
      scales[wish.queue]?.look(running: active[wish.queue] ?? 0, at: now)
    }
  }

  /// The job is over here; its outcome waits to be put on record, or is there already.
  mutating func end(_ job: LeasedJob, _ outcome: JobOutcome?) {
    guard running.removeValue(forKey: job.lease) != nil else { return }
    beganAt[job.lease] = nil
    active[job.queue, default: 1] -= 1
    if let outcome { outcomes.append(outcome) } else { free(job) }
  }

  /// The outcome is on record.
  mutating func free(_ job: LeasedJob) { counts[job.queue, default: 1] -= 1 }

  mutating func count(_ queue: String, _ ending: QueueFigures.Ending) {
    figures[queue, default: QueueFigures()].count(ending)
  }

  mutating func takeOutcomes(most: Int) -> [JobOutcome] {
    let taken = Array(outcomes.prefix(most))
    outcomes.removeFirst(taken.count)
    return taken
  }

  /// The database did not take them.
  mutating func putBack(_ taken: [JobOutcome]) { outcomes = taken + outcomes }

  /// Leases of jobs that have run for a while.
  func leases(olderThan age: Duration, at now: ContinuousClock.Instant) -> [(id: JobID, token: UUID)] {
    running.values.filter { job in beganAt[job.lease].map { now - $0 >= age } ?? false }.map { ($0.id, $0.token) }
  }

  /// By queue: how many may run here, and how many do.
  var workers: [(queue: JobQueue, workers: Int, running: Int)] {
    queues.map { ($0, scales[$0.name]?.workers ?? $0.concurrency, active[$0.name] ?? 0) }
  }

  /// Hands the figures since the last call over.
  mutating func takeFigures() -> [String: QueueFigures] {
    defer { figures = [:] }
    return figures
  }
}
