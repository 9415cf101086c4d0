import Synchronization

/// A transaction that talks to the server as seldom as it can: BEGIN and the settings travel with the first
/// statement, queued statements with the next query, COMMIT with the last ones.
///
/// Its methods are for one task at a time. After an error the server accepts nothing but `ROLLBACK TO` a savepoint.
package final class Transaction: Sendable {
  private struct State: Sendable {
    var queued: [SQL] = []
    var connection: Connection?
    var hasBegun = false
    var end = End.none
    var isFlushing = false
    /// The body is over, so a flush that is still under way must give its connection back itself.
    var isAbandoned = false
    /// The connection is outside a transaction, as the last flush left it.
    var isClean = true
  }

  private enum End: Sendable {
    case none
    case committed
    /// It can no longer be committed, even if the body hides the error.
    case broken(any Error)
  }

  private struct Work: Sendable {
    var statements: [SQL]
    var begin: SQL?
    var connection: Connection?
  }

  private let pool: PostgresPool
  private let settings: [(String, String)]
  private let isolation: Isolation
  private let isReadOnly: Bool
  private let sharesFlush: Bool
  private let state = Mutex(State())

  init(
    pool: PostgresPool, settings: [(String, String)], isolation: Isolation, isReadOnly: Bool, sharesFlush: Bool
  ) {
    self.pool = pool
    self.settings = sharesFlush ? settings + [("synchronous_commit", "off")] : settings
    self.isolation = isolation
    self.isReadOnly = isReadOnly
    self.sharesFlush = sharesFlush
  }

  /// Keeps the statement for the next flush without any I/O; its error surfaces there.
  package func queue(_ sql: SQL) {
    state.withLock { $0.queued.append(sql) }
  }

  /// Sends everything queued and this statement in one flush, and returns this statement's rows.
  @discardableResult
  package func query(_ sql: SQL) async throws -> Rows {
    guard let rows = try await flush(sql, commits: false).last else { throw PostgresError.transactionMisused }
    return rows
  }

  /// Sends everything queued and these statements in one flush, and returns the rows of each of these.
  package func queries(_ statements: [SQL]) async throws -> [Rows] {
    guard let last = statements.last else { return [] }
    for statement in statements.dropLast() { queue(statement) }
    return try await flush(last, commits: false).suffix(statements.count)
  }

  /// The same with COMMIT in the same flush; the transaction is over afterwards.
  @discardableResult
  package func finish(_ sql: SQL) async throws -> Rows {
    guard let rows = try await flush(sql, commits: true).last else { throw PostgresError.transactionMisused }
    return rows
  }

  /// Commits what the body left: everything queued and COMMIT in one flush, or nothing when nothing was asked.
  ///
  /// Throws the error that broke the transaction, if the body has hidden it.
  func complete() async throws {
    let isNeeded = try state.withLock { state in
      switch state.end {
      case .committed: return false
      case .broken(let error): throw error
      case .none: return state.hasBegun || !state.queued.isEmpty
      }
    }
    if isNeeded { _ = try await flush(nil, commits: true) }
    state.withLock { $0.end = .committed }
  }

  /// Ends the transaction without its effects and gives the connection back in a clean state, or not at all.
  func abandon() async {
    let (connection, isClean) = state.withLock { state -> (Connection?, Bool) in
      state.end = .broken(PostgresError.transactionMisused)
      state.isAbandoned = true
      state.queued = []
      guard !state.isFlushing else { return (nil, false) }
      defer { state.connection = nil }
      return (state.connection, state.isClean)
    }
    guard let connection else { return }
    pool.giveBack(connection, isClean: isClean ? true : await connection.rollBack())
  }

  private func flush(_ sql: SQL?, commits: Bool) async throws -> [Rows] {
    try Task.checkCancellation()
    var work = try takeWork(sql, commits: commits)
    defer { state.withLock { $0.isFlushing = false } }
    if commits { work.statements += sharesFlush ? ["COMMIT", .awaitFlush] : ["COMMIT"] }
    let isFirst = work.connection == nil
    while true {
      let connection = try await connection(for: work)
      let result = await connection.flush(work.statements, first: work.begin, checksLife: isFirst)
      if result.isStale {
        // Nothing was sent, so another connection may serve as well.
        pool.giveBack(connection, isClean: false)
        continue
      }
      guard !state.withLock({ $0.isAbandoned }) else {
        pool.giveBack(connection, isClean: await connection.rollBack())
        throw PostgresError.transactionMisused
      }
      return try settle(result, on: connection, count: work.statements.count, commits: commits, returns: sql != nil)
    }
  }

  /// The transaction's connection, leased with the first flush. What was queued is lost with an error here, so the
  /// transaction is broken by it.
  private func connection(for work: Work) async throws -> Connection {
    do {
      for statement in work.statements where !statement.binds.isValid { throw PostgresError.nulCharacter }
      if let open = work.connection { return open }
      return try await pool.lease()
    } catch {
      state.withLock { $0.end = .broken(error) }
      throw error
    }
  }

  private func takeWork(_ sql: SQL?, commits: Bool) throws(PostgresError) -> Work {
    let begin = self.begin
    let setting = settings.isEmpty ? nil : SQL.setting(settings)
    return try state.withLock { state throws(PostgresError) in
      guard case .none = state.end, !state.isFlushing else { throw PostgresError.transactionMisused }
      state.isFlushing = true
      var work = Work(statements: [], connection: state.connection)
      if !state.hasBegun {
        // With an isolation level BEGIN must be answered before the next statement is parsed.
        if isolation == .readCommitted { work.statements.append(begin) } else { work.begin = begin }
        if let setting { work.statements.append(setting) }
        state.hasBegun = true
      }
      work.statements += state.queued
      state.queued = []
      if let sql { work.statements.append(sql) }
      return work
    }
  }

  private var begin: SQL {
    let level: SQL =
      isolation == .readCommitted ? "BEGIN" : SQL(programText: "BEGIN ISOLATION LEVEL \(isolation.rawValue)")
    return isReadOnly ? level + " READ ONLY" : level
  }

  /// Notes what a flush left behind and turns its outcome into rows or an error.
  private func settle(
    _ result: FlushResult, on connection: Connection, count: Int, commits: Bool, returns: Bool
  ) throws(PostgresError) -> [Rows] {
    let commitIndex = count - (sharesFlush ? 2 : 1)
    let failure = commits ? Self.commitFailure(result, count: count, commitIndex: commitIndex) : Self.failure(result)
    let isCommitted = commits && failure == nil
    state.withLock { state in
      state.connection = isCommitted ? nil : connection
      state.isClean = result.isClean
      if isCommitted {
        state.end = .committed
      } else if let failure, commits || result.isLost || result.isClean {
        state.end = .broken(failure)
      }
    }
    if let failure { throw failure }
    guard commits else { return result.rows }
    pool.giveBack(connection, isClean: result.isClean)
    return returns ? [result.rows[commitIndex - 1]] : []
  }
}

extension Transaction {
  /// Why the statements failed; a transaction that they ended themselves would go on without its settings.
  private static func failure(_ result: FlushResult) -> PostgresError? {
    result.failure ?? (result.isClean ? .transactionMisused : nil)
  }

  /// Why COMMIT did not commit, or is not known to be on disk; nil when it did and is.
  private static func commitFailure(_ result: FlushResult, count: Int, commitIndex: Int) -> PostgresError? {
    guard let failure = result.failure else {
      return result.rows.count == count && result.rows[commitIndex].command == "COMMIT" ? nil : .rolledBack
    }
    if result.rows.count > commitIndex { return .commitUnknown }
    // COMMIT was reached unless a refusal of an earlier statement made the server skip it.
    let reachedCommit = failure == .connectionLost || result.rows.count == commitIndex
    return result.isLost && reachedCommit ? .commitUnknown : failure
  }
}

extension SQL {
  /// Waits until everything that is visible now is on the server's disk, together with everybody else who waits.
  ///
  /// A message to nobody, whose own commit flushes the log up to it. Ends with the flush's last answer.
  package static let awaitFlush: SQL = "SELECT pg_logical_emit_message(true, '', '')"
}

extension PostgresPool {
  /// Runs the body in a transaction: everything it asked for is committed, or nothing when it throws.
  ///
  /// The settings hold inside the transaction only. Throws what the body throws, or `PostgresError`; `commitUnknown`
  /// when the connection broke during COMMIT. With `.replayable` the body may run several times. With `sharesFlush` its
  /// locks are given back before the commit is on disk, so that waiting writers share one flush; it still returns only
  /// when the commit is. Whoever tells others what he reads must then wait for ``SQL/awaitFlush``.
  package func transaction<R>(
    settings: [(String, String)] = [], isolation: Isolation = .readCommitted, isReadOnly: Bool = false,
    sharesFlush: Bool = false, retry: RetryPolicy = .never, _ body: (Transaction) async throws -> R
  ) async throws -> R {
    var backoff = Backoff(firstSeconds: 0.005, longestSeconds: 0.2)
    var attempt = 1
    while true {
      let transaction = Transaction(
        pool: self, settings: settings, isolation: isolation, isReadOnly: isReadOnly, sharesFlush: sharesFlush)
      do {
        let value = try await body(transaction)
        try await transaction.complete()
        return value
      } catch {
        await transaction.abandon()
        guard retry.allows(error, after: attempt) else { throw error }
        attempt += 1
        try await Task.sleep(for: backoff.next())
      }
    }
  }
}
