package import Core
package import Operations

/// Who does one kind of work.
package struct JobHandler: Sendable {
  enum Work: Sendable {
    case outside(@Sendable (ClaimedJob) async throws -> Void)
    case inside(@Sendable (ClaimedJob, inout WriteCall) async throws -> Void)
  }

  package let queue: String
  package let kind: String
  let work: Work

  /// `work` may be called twice for one job (a node can die between the deed and its note), so what it does outside
  /// must be recognisable by the job's id. It throws ``JobTrouble`` to say how to go on, ``NotBefore`` to be called
  /// later; any other error is tried again.
  package init(queue: String, kind: String, work: @escaping @Sendable (ClaimedJob) async throws -> Void) {
    self.queue = queue
    self.kind = kind
    self.work = .outside(work)
  }

  /// Work whose whole effect is in the database: it runs in one transaction of the job's hospital, in which the job is
  /// completed too, so what it does is done exactly once. It must not touch anything outside the transaction.
  package init(
    queue: String, kind: String,
    inTransaction work: @escaping @Sendable (ClaimedJob, inout WriteCall) async throws -> Void
  ) {
    self.queue = queue
    self.kind = kind
    self.work = .inside(work)
  }
}

/// A job that this node has leased, opened.
package struct ClaimedJob: Sendable {
  package let id: JobID
  /// Nil: the installation's own.
  package let hospital: HospitalID?
  package let queue: String
  package let kind: String
  package let payload: JSONValue
  /// From 1.
  package let attempt: Int
  package let isLastAttempt: Bool
  package let createdAt: Timestamp
  /// When it was begun, by the one clock.
  package let now: Timestamp
}

/// Why a job did not succeed: words of ours, since they are kept and shown.
package struct JobTrouble: Error, Sendable {
  let reason: String
  /// Trying again would not help.
  let isFinal: Bool

  package init(_ reason: String, isFinal: Bool = false) {
    self.reason = reason
    self.isFinal = isFinal
  }
}

/// Not now: the job is done at this time, and no attempt of it is used up.
package struct NotBefore: Error, Sendable {
  let time: Timestamp

  package init(_ time: Timestamp) { self.time = time }
}
