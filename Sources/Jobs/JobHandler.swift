package import Core

/// Who does one kind of work.
package struct JobHandler: Sendable {
  package let queue: String
  package let kind: String
  let work: @Sendable (ClaimedJob) async throws -> Void

  /// `work` may be called twice for one job (a node can die between the deed and its note), so what it does outside
  /// must be recognisable by the job's id. It throws ``JobTrouble`` to say how to go on; any other error is tried again.
  package init(queue: String, kind: String, work: @escaping @Sendable (ClaimedJob) async throws -> Void) {
    self.queue = queue
    self.kind = kind
    self.work = work
  }
}

/// A job that this node has leased, opened.
package struct ClaimedJob: Sendable {
  package let id: JobID
  package let kind: String
  package let payload: JSONValue
  /// From 1.
  package let attempt: Int
  package let createdAt: Timestamp
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
