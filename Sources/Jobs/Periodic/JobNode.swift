import Core
import FoundationEssentials
import Logging
import Operations
import Postgres
import Synchronization

/// What a process says of itself in the cluster: who it is, how many workers it has, what they did; and whether it leads.
///
/// The lead lasts nine seconds and is renewed every three: when its node dies another leads within twelve, in a new term.
final class JobNode: Sendable {
  static let leadSeconds = 9.0
  private static let roundSeconds = 3.0

  let id = UUID()
  private let kind: String
  private let pool: PostgresPool
  private let clock: ServerClock
  private let lanes: [JobLane]
  private let periodic: [PeriodicJob]
  private let logger: Logger
  private let start: Timestamp
  /// Figures that the database did not take yet.
  private let kept = Mutex<[String: QueueFigures]>([:])

  init(
    kind: String, pool: PostgresPool, clock: ServerClock, lanes: [JobLane], periodic: [PeriodicJob], logger: Logger
  ) {
    self.kind = kind
    self.pool = pool
    self.clock = clock
    self.lanes = lanes
    self.periodic = periodic
    self.logger = logger
    start = clock.now
  }

  /// Until the task is cancelled; then others may lead at once.
  func run() async {
    var hadTrouble = false
    while !Task.isCancelled {
      do {
        try await report()
        try await lead()
        hadTrouble = false
      } catch {
        if !hadTrouble, !Task.isCancelled { logger.error("no word to the cluster", metadata: ["error": "\(error)"]) }
        hadTrouble = true
      }
      do { try await Task.sleep(for: .seconds(Self.roundSeconds)) } catch { break }
    }
    await Task { await self.leave() }.value
  }

  /// Workers and counts.
  private func report() async throws {
    let workers = lanes.flatMap(\.workers).map { each -> JSONValue in
      [
        "queue": .string(each.queue.name), "workers": .integer(Int64(each.workers)),
        "running": .integer(Int64(each.running)),
      ]
    }
    let figures = kept.withLock { kept in
      for (queue, more) in lanes.flatMap({ $0.takeFigures() }) { kept[queue, default: QueueFigures()].add(more) }
      defer { kept = [:] }
      return kept
    }
    let counts = figures.sorted { $0.key < $1.key }.map { QueueQueries.noteCounts(id, $0.key, $0.value) }
    do {
      _ = try await pool.run([QueueQueries.noteNode(id, kind: kind, since: start, workers: .array(workers))] + counts)
    } catch {
      kept.withLock { kept in for (queue, more) in figures { kept[queue, default: QueueFigures()].add(more) } }
      throw error
    }
  }

  private func lead() async throws {
    guard !periodic.isEmpty, let row = try await pool.run(PeriodicQueries.lead(id, seconds: Self.leadSeconds)).first
    else { return }
    guard let term = try row.decode("term", as: Int64?.self) else { return }
    var hasAsked = false
    for job in periodic {
      let asked = try await pool.run(PeriodicQueries.ask(for: job, id: JobID.new(at: clock.now), node: id, term: term))
      hasAsked = try asked.first?.decode("asked", as: Bool.self) ?? false || hasAsked
    }
    if hasAsked { for lane in lanes { lane.wake() } }
  }

  private func leave() async {
    do {
      try await report()
      _ = try await pool.run(QueueQueries.forgetNode(id))
    } catch {
      logger.warning("the cluster was not told of the end", metadata: ["error": "\(error)"])
    }
  }
}
