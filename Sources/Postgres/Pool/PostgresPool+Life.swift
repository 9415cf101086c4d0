import Core
import Synchronization

extension PostgresPool {
  /// Waits until the database answers and the minimum of connections is open.
  ///
  /// Attempts are repeated with growing, jittered pauses up to `startTimeoutSeconds`; then the last error is thrown.
  package func start() async throws {
    try configuration.validate()
    try state.withLock { state throws(PostgresError) in
      guard state.phase == .new else { throw PostgresError.poolClosed }
      state.phase = .starting
    }
    do {
      keep(try await connectPatiently())
    } catch {
      state.withLock { state in
        if state.phase == .starting { state.phase = .new }
      }
      throw error
    }
    do throws(PostgresError) {
      while state.withLock({ $0.open < configuration.minimum && $0.phase == .open }) {
        keep(try await Connection.open(configuration, observer: observer))
      }
    } catch {
      // One connection works; the others are opened behind the callers' backs.
      observer.trouble?(error)
      state.withLock { startOpener(&$0) }
    }
  }

  private func connectPatiently() async throws -> Connection {
    let deadline = ContinuousClock.now + .seconds(configuration.startTimeoutSeconds)
    var backoff = Backoff(firstSeconds: 0.1, longestSeconds: 2)
    while true {
      do throws(PostgresError) {
        return try await Connection.open(configuration, observer: observer)
      } catch {
        observer.trouble?(error)
        let left = ContinuousClock.now.duration(to: deadline)
        guard left > .zero, state.withLock({ $0.phase == .starting }) else { throw error }
        try await Task.sleep(for: min(backoff.next(), left))
      }
    }
  }

  /// Adds a connection made by `start`.
  private func keep(_ connection: Connection) {
    let isWanted = state.withLock { state in
      state.opened &+= 1
      guard state.phase != .closed else {
        state.closing += 1
        return false
      }
      state.phase = .open
      state.breaker.succeeded()
      state.idle.append(PoolState.Resting(connection: connection, since: .now))
      return true
    }
    if !isWanted { close(connection) }
  }

  /// Refuses new callers, lets running ones finish, and returns when no connection is left.
  package func close() async {
    let (idle, waiting, tasks) = state.withLock { state in
      state.phase = .closed
      let idle = state.idle.map(\.connection)
      state.closing += idle.count
      state.idle = []
      return (idle, state.line.removeAll(), [state.opener, state.expiry, state.reaper])
    }
    for task in tasks { task?.cancel() }
    for waiter in waiting { waiter.fail(PostgresError.poolClosed) }
    for connection in idle { close(connection) }
    // A connection that is just being opened is closed as soon as it is there.
    await tasks[0]?.value
    await withCheckedContinuation { continuation in
      let drained = state.withLock { state in
        state.drained.append(continuation)
        return state.takeDrained()
      }
      for continuation in drained { continuation.resume() }
    }
  }
}

extension PoolState {
  mutating func takeDrained() -> [CheckedContinuation<Void, Never>] {
    guard phase == .closed, open == 0 else { return [] }
    defer { drained = [] }
    return drained
  }
}

extension PostgresPool {
  /// Opens connections one after another while callers wait or the minimum is not met.
  func startOpener(_ state: inout PoolState) {
    guard state.opener == nil, state.wantsConnection(configuration) else { return }
    state.opener = Task { await self.openWanted() }
  }

  fileprivate enum Opening {
    case now
    /// When the callers in line have waited long enough.
    case later(ContinuousClock.Instant)
    /// When the breaker allows the next attempt.
    case refused(ContinuousClock.Instant)
    case notWanted
  }

  private func openWanted() async {
    var backoff = Backoff(firstSeconds: 0.05, longestSeconds: configuration.breakerCooldownSeconds)
    while true {
      switch state.withLock({ $0.nextOpening(configuration) }) {
      case .notWanted: return
      case .later(let due): await pause(until: due)
      case .refused(let due):
        refuseWaiting()
        await pause(until: due)
      case .now:
        do throws(PostgresError) {
          let connection = try await Connection.open(configuration, observer: observer)
          state.withLock { state in
            state.opened &+= 1
            state.busy += 1
            state.breaker.succeeded()
          }
          backoff.reset()
          giveBack(connection, isClean: true)
        } catch {
          observer.trouble?(error)
          state.withLock { state in
            state.openFailures &+= 1
            state.breaker.failed(at: .now)
          }
          await pause(until: .now + backoff.next())
        }
      }
    }
  }

  /// Callers fail at once while the database is unreachable, unless a connection that still works may serve them.
  private func refuseWaiting() {
    let waiting = state.withLock { state in state.open == 0 ? state.line.removeAll() : [] }
    for waiter in waiting { waiter.fail(PostgresError.circuitOpen) }
  }

  /// Sleeps; a cancelled task returns at once and finds out by the pool's phase.
  private func pause(until due: ContinuousClock.Instant) async {
    do { try await Task.sleep(until: due, clock: .continuous) } catch { return }
  }

  /// Watches over the acquire timeout while anybody waits.
  func startExpiry(_ state: inout PoolState) {
    guard state.expiry == nil else { return }
    state.expiry = Task { await self.expireWaiting() }
  }

  private func expireWaiting() async {
    while true {
      let (late, due) = state.withLock { state in
        let late = state.line.expired(at: .now)
        state.acquireTimeouts &+= UInt64(late.count)
        let due = state.phase == .closed ? nil : state.line.first?.deadline
        if due == nil { state.expiry = nil }
        return (late, due)
      }
      for waiter in late { waiter.fail(PostgresError.poolExhausted) }
      guard let due else { return }
      await pause(until: due)
    }
  }

  /// Watches over unused connections while there are more than the minimum.
  func startReaper(_ state: inout PoolState) {
    guard state.reaper == nil, state.phase == .open, state.open > configuration.minimum else { return }
    state.reaper = Task { await self.reapIdle() }
  }

  private func reapIdle() async {
    let rest = Duration.seconds(configuration.idleTimeoutSeconds)
    while true {
      let (expired, due) = state.withLock { state -> ([Connection], ContinuousClock.Instant?) in
        guard state.phase == .open else {
          state.reaper = nil
          return ([], nil)
        }
        let expired = state.takeExpired(minimum: configuration.minimum, restedSince: .now - rest)
        let isDone = state.open - state.closing <= configuration.minimum
        if isDone { state.reaper = nil }
        return (expired, isDone ? nil : (state.idle.first?.since ?? .now) + rest)
      }
      for connection in expired { close(connection) }
      guard let due else { return }
      await pause(until: due)
    }
  }
}

extension PoolState {
  /// What the opener does next; ends the opener when nothing is wanted.
  fileprivate mutating func nextOpening(_ configuration: PostgresConfiguration) -> PostgresPool.Opening {
    guard wantsConnection(configuration) else {
      opener = nil
      return .notWanted
    }
    let now = ContinuousClock.now
    if let due = growthDue(configuration), now < due { return .later(due) }
    return breaker.attempt(at: now) ? .now : .refused(breaker.due ?? now)
  }
}
