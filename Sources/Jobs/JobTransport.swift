package import Core
package import FoundationEssentials

/// How this node comes by the jobs that it may do.
///
/// PostgreSQL is the truth whatever carries the ids: a transport may lose them, double them and hand them over in any
/// order, because a job is leased in PostgreSQL (``JobStore``), and an outcome counts only under the lease that holds.
package protocol JobTransport: Sendable {
  /// Leases at most as many jobs of each queue as there is room for; none when nothing is due.
  func claim(_ wanted: JobClaim) async throws -> [LeasedJob]
  /// These are over for this node: the outcome is on record, or somebody else has the lease by now.
  func settled(_ ids: [JobID]) async
  /// Keeps what it needs open and calls `wake` when there may be something to claim; until the task is cancelled.
  func run(wake: @escaping @Sendable () -> Void) async
}

/// What a node wants: how many of which queues, and only kinds that it knows.
package struct JobClaim: Sendable {
  package struct Wish: Sendable {
    package let queue: String
    package let room: Int
    /// Whose turn it was last; nil's place is taken by the zero UUID.
    package let after: UUID?
  }

  package let wishes: [Wish]
  package let kinds: [String]
  /// The fence of what is leased by this claim.
  package let token: UUID
}

/// A job under this node's lease, its payload still sealed.
package struct LeasedJob: Sendable {
  package let id: JobID
  package let hospital: HospitalID?
  package let queue: String
  package let kind: String
  package let payload: [UInt8]
  package let attempt: Int
  package let maxAttempts: Int
  package let createdAt: Timestamp
  /// From the time when it could have begun.
  package let waitedSeconds: Double
  package let token: UUID
  /// By the one clock.
  package let claimedAt: Timestamp

  var lease: JobLease { JobLease(job: id, token: token) }
}

/// One leasing of one job.
struct JobLease: Hashable, Sendable {
  let job: JobID
  let token: UUID
}

/// PostgreSQL alone: due jobs are claimed where they stand.
package struct PostgresTransport: JobTransport {
  private let store: JobStore

  package init(store: JobStore) { self.store = store }

  package func claim(_ wanted: JobClaim) async throws -> [LeasedJob] { try await store.claim(wanted) }
  package func settled(_ ids: [JobID]) async {}
  /// Commits wake the engine by NOTIFY; it looks once a second besides.
  package func run(wake: @escaping @Sendable () -> Void) async {}
}
