import Core
import Synchronization

/// A bounded set of connections shared by all callers, first come first served.
///
/// A broken connection is replaced, one unused above the minimum is closed after `idleTimeoutSeconds`, and nobody
/// waits longer than `acquireTimeoutSeconds`. `start` before use, `close` at the end.
package final class PostgresPool: Sendable {
  package let configuration: PostgresConfiguration
  let observer: PostgresObserver
  let state: Mutex<PoolState>
  private let callers = Atomic<UInt64>(0)

  package init(_ configuration: PostgresConfiguration, observer: PostgresObserver = PostgresObserver()) {
    self.configuration = configuration
    self.observer = observer
    state = Mutex(PoolState(configuration))
  }

  /// Answers the statements in order, as one implicit transaction in one flush: all of them happen or none.
  ///
  /// `set_config(…, true)` as the first statement holds for the others and is gone afterwards. Transaction control
  /// belongs into `transaction`. Throws `PostgresError`, or `CancellationError` when cancelled while waiting; a
  /// statement that was sent is finished, within the statement timeout.
  package func run(_ statements: [SQL]) async throws -> [Rows] {
    guard !statements.isEmpty else { return [] }
    for statement in statements where !statement.binds.isValid { throw PostgresError.nulCharacter }
    let id = takeId()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let request = RunRequest(statements: statements, continuation: continuation)
        if let connection = admit(id, .run(request)) { dispatch([request], on: connection) }
      }
    } onCancel: {
      cancel(id)
    }
  }

  /// One statement without a tenant.
  package func run(_ statement: SQL) async throws -> Rows {
    guard let rows = try await run([statement]).last else {
      throw PostgresError.protocolViolation("a statement without an answer")
    }
    return rows
  }

  /// One statement under settings that last as long as it does, such as the tenant of row-level security.
  package func run(_ statement: SQL, settings: [(String, String)]) async throws -> Rows {
    guard !settings.isEmpty else { return try await run(statement) }
    guard let rows = try await run([SQL.setting(settings), statement]).last else {
      throw PostgresError.protocolViolation("a statement without an answer")
    }
    return rows
  }

  /// Whether the database answers now.
  package func probe() async -> Bool {
    do {
      return try await run("SELECT 1").count == 1
    } catch {
      observer.trouble?(error as? PostgresError ?? .connectionLost)
      return false
    }
  }

  /// Wakes everybody who listens on the channel; the payload (below 8,000 bytes) is visible to all of them.
  package func notify(channel: String, payload: String = "") async throws {
    _ = try await run("SELECT pg_notify(\(channel), \(payload))")
  }

  package var statistics: PoolStatistics {
    state.withLock { state in
      PoolStatistics(
        minimum: configuration.minimum, maximum: configuration.maximum, open: state.open, idle: state.idle.count,
        busy: state.busy, waiting: state.line.count, acquires: state.acquires,
        acquiresWithoutWait: state.acquiresWithoutWait, acquireTimeouts: state.acquireTimeouts,
        connectionsOpened: state.opened, connectFailures: state.openFailures,
        connectTimeoutSeconds: configuration.connectTimeoutSeconds,
        acquireTimeoutSeconds: configuration.acquireTimeoutSeconds,
        idleTimeoutSeconds: configuration.idleTimeoutSeconds,
        startTimeoutSeconds: configuration.startTimeoutSeconds, isCircuitOpen: state.breaker.state == .open)
    }
  }
}

extension SQL {
  /// Settings for the rest of the transaction, in one statement.
  static func setting(_ settings: [(String, String)]) -> SQL {
    if settings.count == 1 { return "SELECT set_config(\(settings[0].0), \(settings[0].1), true)" }
    return SQL("SELECT ") + .joined(settings.map { "set_config(\($0.0), \($0.1), true)" }, by: ", ")
  }
}

extension PostgresPool {
  /// A connection for the caller alone, until `giveBack`.
  func lease() async throws -> Connection {
    try Task.checkCancellation()
    if let connection = state.withLock({ $0.takeIdle() }) { return connection }
    let id = takeId()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        if let connection = admit(id, .lease(continuation)) { continuation.resume(returning: connection) }
      }
    } onCancel: {
      cancel(id)
    }
  }

  private func takeId() -> UInt64 { callers.add(1, ordering: .relaxed).newValue }

  /// Lines the caller up; returns a connection when one is free, and answers the caller itself when it is refused.
  private func admit(_ id: UInt64, _ wish: Waiter.Wish) -> Connection? {
    let now = ContinuousClock.now
    let waiter = Waiter(id: id, deadline: now + .seconds(configuration.acquireTimeoutSeconds), wish: wish)
    let admission = state.withLock { state in
      let admission = state.admit(waiter, limit: configuration.maximumWaiting, now: now)
      if case .waiting = admission {
        startExpiry(&state)
        startOpener(&state)
      }
      return admission
    }
    switch admission {
    case .immediate(let connection): return connection
    case .refused(let error): waiter.fail(error)
    case .waiting: break
    }
    return nil
  }

  private func cancel(_ id: UInt64) {
    state.withLock { $0.line.remove(id) }?.fail(CancellationError())
  }

  private func dispatch(_ requests: [RunRequest], on connection: Connection) {
    connection.executor.schedule { connection.assumeIsolated { $0.serve(requests, for: self) } }
  }

  /// Takes a connection back from its user and gives it to the next one.
  func giveBack(_ connection: Connection, isClean: Bool) {
    switch next(for: connection, isClean: isClean) {
    case .rest: break
    case .lend(let continuation): continuation.resume(returning: connection)
    case .run(let requests): dispatch(requests, on: connection)
    case .close: close(connection)
    }
  }

  /// Decides what a connection does next; the caller has to do it.
  func next(for connection: Connection, isClean: Bool) -> PoolState.Next {
    let now = ContinuousClock.now
    return state.withLock { state in
      let next = state.next(for: connection, isClean: isClean, batchSize: configuration.batchSize, now: now)
      switch next {
      case .rest: startReaper(&state)
      case .close: startOpener(&state)
      case .lend, .run: break
      }
      return next
    }
  }

  /// Callers whose connection was found closed before anything was sent get another, or wait in front of the others.
  func putBack(_ requests: [RunRequest]) {
    let deadline = ContinuousClock.now + .seconds(configuration.acquireTimeoutSeconds)
    let admission = state.withLock { state -> PoolState.Admission in
      guard state.phase == .open else { return .refused(PostgresError.poolClosed) }
      if let resting = state.idle.popLast() {
        state.busy += 1
        return .immediate(resting.connection)
      }
      // Not after those behind them, because the line is looked through from the front.
      let deadline = min(deadline, state.line.first?.deadline ?? deadline)
      state.line.putBack(requests.map { Waiter(id: takeId(), deadline: deadline, wish: .run($0)) })
      return .waiting
    }
    switch admission {
    case .immediate(let connection): dispatch(requests, on: connection)
    case .waiting: state.withLock { startExpiry(&$0) }
    case .refused(let error):
      for request in requests { request.continuation.resume(throwing: error) }
    }
  }

  func close(_ connection: Connection) {
    connection.executor.schedule {
      connection.assumeIsolated { $0.close() }
      self.closed()
    }
  }

  func closed() {
    let drained = state.withLock { state in
      state.closing -= 1
      startOpener(&state)
      return state.takeDrained()
    }
    for continuation in drained { continuation.resume() }
  }
}
