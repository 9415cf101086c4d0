package import Core
import Synchronization

/// A bounded set of connections behind a circuit breaker: nobody waits longer than the timeout, and while the breaker
/// is open nobody waits at all.
///
/// Five failures in a row open it (an answer that takes too long is one); after the cool-down it is half open and Ward
/// itself asks, so that no caller is the one who finds out; an answer closes it. A broken connection is replaced.
package final class RedisPool: Sendable {
  package let settings: RedisSettings
  private let changed: @Sendable (CircuitBreaker.State) -> Void
  private let state: Mutex<RedisPoolState>

  /// `changed` hears of every change of the breaker.
  package init(
    _ settings: RedisSettings, changed: @escaping @Sendable (CircuitBreaker.State) -> Void = { _ in }
  ) {
    self.settings = settings
    self.changed = changed
    state = Mutex(RedisPoolState(settings))
  }

  package func run(_ command: RedisCommand) async throws(RedisError) -> RedisValue {
    guard let answer = try await run([command]).first else { throw .unreadable }
    return answer
  }

  /// The answers of all commands, sent in one go; what Redis refuses is among them.
  package func run(_ commands: [RedisCommand]) async throws(RedisError) -> [RedisValue] {
    let deadline = ContinuousClock.now + settings.timeout
    guard !commands.isEmpty else { return [] }
    let connection = try await acquire(until: deadline)
    do throws(RedisError) {
      let answers = try await connection.run(commands, until: deadline)
      giveBack(connection, answers.contains(where: \.isTrouble) ? .refused("trouble") : nil)
      return answers
    } catch {
      giveBack(connection, error)
      throw error
    }
  }

  /// Whether Redis is worth asking now.
  package var isUsable: Bool { state.withLock { $0.breaker.state == .closed && !$0.isClosed } }

  /// Whether Redis answers now, whatever the breaker says.
  package func probe() async -> Bool {
    do {
      let connection = try await RedisConnection.open(settings.address, timeout: settings.connectTimeout)
      let answer = try await connection.run([.ping], until: .now + settings.connectTimeout)
      await connection.close()
      return answer.first?.refusal == nil
    } catch {
      return false
    }
  }

  package var statistics: RedisStatistics {
    state.withLock { state in
      RedisStatistics(
        breaker: state.breaker.state.word, connections: state.open, maximum: settings.connections,
        idle: state.idle.count, waiting: state.line.count, opened: state.opened, failures: state.failures)
    }
  }

  package func close() async {
    let (idle, waiting, probe) = state.withLock { state in
      state.isClosed = true
      defer {
        state.idle = []
        state.line = []
      }
      return (state.idle, state.line, state.probe)
    }
    probe?.cancel()
    for waiter in waiting { waiter.continuation.resume(returning: .failure(.closed)) }
    for connection in idle { await connection.close() }
  }
}

extension RedisPool {
  private func acquire(until deadline: ContinuousClock.Instant) async throws(RedisError) -> RedisConnection {
    while true {
      switch state.withLock({ $0.take() }) {
      case .refused(let error): throw error
      case .idle(let connection):
        // Redis may have closed it while it rested; that is no failure of Redis.
        if await connection.isAlive() { return connection }
        state.withLock { $0.open -= 1 }
        continue
      case .wait(let mayOpen):
        if mayOpen { open() }
        return try await line(until: deadline).get()
      }
    }
  }

  private func line(until deadline: ContinuousClock.Instant) async -> Result<RedisConnection, RedisError> {
    let id = state.withLock { $0.nextID() }
    let expiry = Task {
      do { try await Task.sleep(until: deadline) } catch { return }
      let late = state.withLock { $0.leave(id) }
      late?.continuation.resume(returning: .failure(.busy))
    }
    defer { expiry.cancel() }
    return await withCheckedContinuation { continuation in
      let refusal = state.withLock { $0.enter(.init(id: id, continuation: continuation)) }
      switch refusal {
      case nil: break
      case .idle(let connection): continuation.resume(returning: .success(connection))
      case .refused(let error): continuation.resume(returning: .failure(error))
      case .wait: break
      }
    }
  }

  /// Connects in a task of its own, so that no caller waits longer than its deadline.
  private func open() {
    Task {
      do throws(RedisError) {
        let connection = try await RedisConnection.open(settings.address, timeout: settings.connectTimeout)
        state.withLock { $0.opened &+= 1 }
        giveBack(connection, nil)
      } catch {
        failed { $0.open -= 1 }
      }
    }
  }

  /// Hands the connection to whoever waits, lets it rest, or gives it up after an error.
  private func giveBack(_ connection: RedisConnection, _ error: RedisError?) {
    if let error {
      if case .refused = error { rest(connection) } else { state.withLock { $0.open -= 1 } }
      return failed { _ in }
    }
    state.withLock { if $0.breaker.state == .closed { $0.breaker.succeeded() } }
    rest(connection)
  }

  private func rest(_ connection: RedisConnection) {
    let (next, isUnwanted) = state.withLock { $0.rest(connection) }
    next?.continuation.resume(returning: .success(connection))
    if isUnwanted { Task { await connection.close() } }
  }

  private func failed(_ also: (inout RedisPoolState) -> Void) {
    let (waiting, isNews) = state.withLock { state in
      also(&state)
      let before = state.breaker.state
      state.failures &+= 1
      // While it is not closed only the probe speaks to Redis.
      if before == .closed { state.breaker.failed(at: .now) }
      let isNews = before == .closed && state.breaker.state == .open
      // Nobody may wait for a connection that will not come.
      let isHopeless = state.breaker.state != .closed || state.open == 0
      defer { if isHopeless { state.line = [] } }
      return (isHopeless ? state.line : [], isNews)
    }
    for waiter in waiting { waiter.continuation.resume(returning: .failure(.unavailable)) }
    if isNews {
      changed(.open)
      startProbing()
    }
  }

  /// Asks Redis after each cool-down until it answers; then the breaker is closed.
  private func startProbing() {
    let task = Task {
      while !Task.isCancelled {
        do { try await Task.sleep(for: .seconds(settings.breakerCooldownSeconds)) } catch { return }
        guard state.withLock({ $0.breaker.attempt(at: .now) }) else { continue }
        changed(.halfOpen)
        let answers = await answersInTime()
        state.withLock { if answers { $0.breaker.succeeded() } else { $0.breaker.failed(at: .now) } }
        changed(answers ? .closed : .open)
        if answers { return }
      }
    }
    state.withLock { $0.probe = task }
  }

  /// One PING within the time that a caller would have.
  private func answersInTime() async -> Bool {
    do {
      let connection = try await RedisConnection.open(settings.address, timeout: settings.connectTimeout)
      let answer = try await connection.run([.ping], until: .now + settings.timeout)
      await connection.close()
      return answer.first?.refusal == nil
    } catch {
      return false
    }
  }
}
