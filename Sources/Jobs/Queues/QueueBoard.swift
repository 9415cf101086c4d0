package import Core
import FoundationEssentials
package import Postgres
import Synchronization

/// The numbers of all queues over all nodes, at most a second old however many ask.
package final class QueueBoard: Sendable {
  private struct Look {
    let task: Task<[QueueNumbers], any Error>
    let began: ContinuousClock.Instant
  }

  private let pool = Mutex<PostgresPool?>(nil)
  private let look = Mutex<Look?>(nil)
  private let latest = Mutex<[QueueNumbers]>([])

  package init() {}

  /// The pool speaks as the engine's role; it is made after the operations that ask for the numbers.
  package func connect(_ pool: PostgresPool) { self.pool.withLock { $0 = pool } }

  /// As they were found last; for metrics.
  package var known: [QueueNumbers] { latest.withLock { $0 } }

  package func numbers() async throws -> [QueueNumbers] {
    try await look.withLock { look in
      if let look, ContinuousClock.now - look.began < .seconds(0.5) { return look.task }
      let task = Task { try await self.count() }
      look = Look(task: task, began: .now)
      return task
    }.value
  }

  package func nodes() async throws -> JSONValue {
    guard let pool = pool.withLock({ $0 }) else { throw Failure.internalFault }
    return .array(
      try await pool.run(QueueQueries.nodes).map { row in
        [
          "node": .string(try row.decode("node", as: UUID.self).uuidString.lowercased()),
          "kind": .string(try row["kind"]), "startedAt": try row.decode("started_at", as: Timestamp.self).json,
          "seenAt": try row.decode("seen_at", as: Timestamp.self).json, "workers": .integer(try row["workers"]),
          "running": .integer(try row["running"]),
          "term": try row.decode("term", as: Int64?.self).map { .integer($0) } ?? .null,
        ]
      })
  }

  private func count() async throws -> [QueueNumbers] {
    guard let pool = pool.withLock({ $0 }) else { throw Failure.internalFault }
    let rows = try await pool.run(QueueQueries.numbers)
    let found = Dictionary(try rows.map { (try $0.decode("queue", as: String.self), $0) }) { first, _ in first }
    let numbers = try JobQueue.all.map { queue in try QueueNumbers(queue, found[queue.name]) }
    latest.withLock { $0 = numbers }
    return numbers
  }
}

/// The numbers of one queue.
package struct QueueNumbers: Sendable {
  package let queue: JobQueue
  package let waiting: Int64
  package let delayed: Int64
  package let running: Int64
  package let dead: Int64
  let oldestSeconds: Double?
  let doneLastHour: Int64
  let failedLastHour: Int64
  let doneLastMinute: Int64
  package let workers: Int64
  let p95Milliseconds: Int?

  fileprivate init(_ queue: JobQueue, _ row: Row?) throws {
    self.queue = queue
    func number(_ name: String) throws -> Int64 { try row?.decode(name, as: Int64.self) ?? 0 }
    waiting = try number("waiting")
    delayed = try number("delayed")
    running = try number("running")
    dead = try number("dead")
    oldestSeconds = try row?.decode("oldest_seconds", as: Double?.self) ?? nil
    doneLastHour = try number("done_last_hour")
    failedLastHour = try number("failed_last_hour")
    doneLastMinute = try number("done_last_minute")
    workers = try number("workers")
    p95Milliseconds = QueueFigures.percentile(0.95, of: try row?.decode("waits", as: [Int]?.self) ?? [])
  }

  /// As it is listed.
  package var json: JSONValue {
    [
      "queue": .string(queue.name), "purpose": .string(queue.purpose),
      "concurrency": .integer(Int64(queue.concurrency)), "workers": .integer(workers), "waiting": .integer(waiting),
      "delayed": .integer(delayed), "running": .integer(running), "dead": .integer(dead),
      "doneLastHour": .integer(doneLastHour), "failedLastHour": .integer(failedLastHour),
      "oldestSeconds": oldestSeconds.map { .number($0) } ?? .null,
      "p95StartMilliseconds": p95Milliseconds.map { .integer(Int64($0)) } ?? .null,
    ]
  }

  /// What sockets are told.
  package var change: JSONValue {
    [
      "queue": .string(queue.name), "waiting": .integer(waiting), "delayed": .integer(delayed),
      "running": .integer(running), "dead": .integer(dead), "workers": .integer(workers),
    ]
  }
}
