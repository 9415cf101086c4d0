/// How often a piece of work that changes nothing outside its transaction is done again.
///
/// Done again after a serialisation failure (40001), a deadlock (40P01), a stale plan or a connection lost before
/// COMMIT; never after `commitUnknown`.
package struct RetryPolicy: Sendable {
  /// Attempts altogether.
  package var attempts: Int

  /// The body runs once.
  package static let never = RetryPolicy(attempts: 1)
  /// The body may run again, so it must not touch anything but its transaction.
  package static let replayable = RetryPolicy(attempts: 5)

  package init(attempts: Int) { self.attempts = attempts }

  func allows(_ error: any Error, after attempt: Int) -> Bool {
    guard attempt < attempts, let error = error as? PostgresError else { return false }
    return error.isReplayable
  }
}

/// How a transaction sees others, see chapter 13 of PostgreSQL's manual.
package enum Isolation: String, Sendable, CaseIterable {
  case readCommitted = "READ COMMITTED"
  case repeatableRead = "REPEATABLE READ"
  case serializable = "SERIALIZABLE"
}
