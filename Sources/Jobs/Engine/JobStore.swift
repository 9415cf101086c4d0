package import Core
import FoundationEssentials
package import Postgres

/// The jobs in PostgreSQL, as the engine's role sees them: leases, outcomes, due times.
package struct JobStore: Sendable {
  /// After so long without a word from its node a job is anybody's again.
  package static let leaseSeconds = 30.0
  private let pool: PostgresPool

  /// `pool` speaks as the engine's role.
  package init(pool: PostgresPool) { self.pool = pool }

  package func claim(_ wanted: JobClaim) async throws -> [LeasedJob] {
    try await pool.run(JobQueries.claim(wanted, leaseSeconds: Self.leaseSeconds)).map {
      try LeasedJob($0, token: wanted.token)
    }
  }

  /// Leases those of these jobs that are due and nobody else's, for which there is room: what a broker brought.
  package func claim(_ ids: [JobID], for wanted: JobClaim) async throws -> [LeasedJob] {
    try await pool.run(JobQueries.claim(ids, for: wanted, leaseSeconds: Self.leaseSeconds)).map {
      try LeasedJob($0, token: wanted.token)
    }
  }

  /// Which of these nobody has begun.
  package func waiting(of ids: [JobID]) async throws -> Set<JobID> {
    Set(try await pool.run(JobQueries.waiting(of: ids)).map { try $0.decode("id", as: JobID.self) })
  }

  /// Due jobs of which no broker was told, the most urgent of each queue first, marked as told: each once in
  /// `againAfterSeconds`.
  package func announce(
    _ queues: [String], most: Int, againAfterSeconds: Double
  ) async throws -> [AnnouncedJob] {
    try await pool.run(JobQueries.announce(queues, most: most, againAfterSeconds: againAfterSeconds)).map { row in
      AnnouncedJob(id: try row["id"], queue: try row["queue"], place: try row["priority"])
    }
  }

  /// These were not taken by the broker: they may be announced again.
  package func takeBack(_ ids: [JobID]) async throws {
    _ = try await pool.run(JobQueries.takeBack(ids))
  }

  /// Lets in what became due; how many.
  package func letIn() async throws -> Int {
    try await pool.run(JobQueries.letIn).first?.decode("count", as: Int.self) ?? 0
  }

  /// Writes the outcomes, all or none; the jobs whose outcome counted, since the lease was still this node's.
  func settle(_ outcomes: [JobOutcome]) async throws -> Set<JobID> {
    let done = outcomes.filter { $0.ending == .done }
    let others = outcomes.filter { $0.ending != .done }
    var statements: [SQL] = []
    if !done.isEmpty { statements.append(JobQueries.finish(done)) }
    if !others.isEmpty { statements.append(JobQueries.putBack(others)) }
    let results = try await pool.run(statements)
    return Set(try results.flatMap { rows in try rows.map { try $0.decode(0, as: JobID.self) } })
  }

  /// Still at work; the jobs that are still this node's.
  func extend(_ leases: [(id: JobID, token: UUID)]) async throws -> Set<JobID> {
    let rows = try await pool.run(
      JobQueries.extend(leases.map(\.id), leases.map(\.token), leaseSeconds: Self.leaseSeconds))
    return Set(try rows.map { try $0.decode(0, as: JobID.self) })
  }

  /// Until the next delay or lease is over; nil when there is none.
  func secondsUntilNext() async throws -> Double? {
    try await pool.run(JobQueries.nextDue).first?.decode("seconds", as: Double?.self)
  }

  /// Makes and drops partitions of finished jobs, and forgets dead ones after a month.
  package func tidy() async throws { _ = try await pool.run([JobQueries.tend, JobQueries.forget]) }
}

/// What a broker is told of a job.
package struct AnnouncedJob: Sendable {
  package let id: JobID
  package let queue: String
  /// 0 is the most urgent, 10 the least.
  package let place: Int
}

/// How a job ended for this node, and under which lease.
struct JobOutcome: Sendable {
  enum Ending: Sendable, Equatable {
    case done
    case retry(afterSeconds: Double, reason: String)
    case dead(reason: String)
    case snooze(until: Timestamp)
    /// Not begun, or cut off by the end of the node.
    case givenBack
  }

  let job: LeasedJob
  let ending: Ending
}

extension LeasedJob {
  fileprivate init(_ row: Row, token: UUID) throws {
    self.init(
      id: try row["id"], hospital: try row["hospital_id"], queue: try row["queue"], kind: try row["kind"],
      payload: try row.decode("payload", as: [UInt8].self), attempt: try row["attempts"],
      maxAttempts: try row["max_attempts"], createdAt: try row["created_at"], waitedSeconds: try row["waited"],
      token: token, claimedAt: try row["claimed_at"])
  }
}
