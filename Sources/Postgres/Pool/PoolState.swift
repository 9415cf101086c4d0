import Core

/// The book-keeping of a pool, always changed under its lock and never doing anything itself.
struct PoolState: Sendable {
  enum Phase: Sendable { case new, starting, open, closed }

  struct Resting: Sendable {
    let connection: Connection
    let since: ContinuousClock.Instant
  }

  /// What to do with a connection that its user gave back.
  enum Next: Sendable {
    case rest
    case lend(CheckedContinuation<Connection, any Error>)
    case run([RunRequest])
    case close
  }

  enum Admission: Sendable {
    case immediate(Connection)
    case waiting
    case refused(any Error)
  }

  var phase = Phase.new
  /// Unused connections, the one used last at the end.
  var idle: [Resting] = []
  var busy = 0
  var closing = 0
  var line = WaitingLine()
  var breaker: CircuitBreaker
  var opener: Task<Void, Never>?
  var expiry: Task<Void, Never>?
  var reaper: Task<Void, Never>?
  var drained: [CheckedContinuation<Void, Never>] = []
  var acquires: UInt64 = 0
  var acquiresWithoutWait: UInt64 = 0
  var acquireTimeouts: UInt64 = 0
  var opened: UInt64 = 0
  var openFailures: UInt64 = 0

  /// Connections that exist, whatever they do.
  var open: Int { idle.count + busy + closing }

  init(_ configuration: PostgresConfiguration) {
    breaker = CircuitBreaker(
      threshold: configuration.breakerThreshold, cooldownSeconds: configuration.breakerCooldownSeconds)
  }

  /// A connection at once, or nil when the caller has to line up.
  mutating func takeIdle() -> Connection? {
    guard phase == .open, line.isEmpty, let resting = idle.popLast() else { return nil }
    busy += 1
    acquires &+= 1
    acquiresWithoutWait &+= 1
    return resting.connection
  }

  mutating func admit(_ waiter: Waiter, limit: Int, now: ContinuousClock.Instant) -> Admission {
    guard phase == .open else { return .refused(PostgresError.poolClosed) }
    // Asked under the lock that the cancellation handler takes, so that no cancellation is missed.
    guard !Task.isCancelled else { return .refused(CancellationError()) }
    if let connection = takeIdle() { return .immediate(connection) }
    guard open > 0 || !breaker.refuses(at: now) else { return .refused(PostgresError.circuitOpen) }
    guard line.count < limit else {
      acquireTimeouts &+= 1
      return .refused(PostgresError.poolExhausted)
    }
    acquires &+= 1
    line.append(waiter)
    return .waiting
  }

  /// Decides what a busy connection does next.
  mutating func next(
    for connection: Connection, isClean: Bool, batchSize: Int, now: ContinuousClock.Instant
  ) -> Next {
    guard isClean, phase != .closed else {
      busy -= 1
      closing += 1
      return .close
    }
    guard let first = line.popFirst() else {
      busy -= 1
      idle.append(Resting(connection: connection, since: now))
      return .rest
    }
    switch first.wish {
    case .lease(let continuation): return .lend(continuation)
    case .run(let request):
      var requests = [request]
      // Others who wait share the flush, but not so many that the remaining connections stand idle.
      let share = min(batchSize, 1 + line.count / max(1, busy))
      while requests.count < share, let waiter = line.first, case .run(let request) = waiter.wish {
        _ = line.popFirst()
        requests.append(request)
      }
      return .run(requests)
    }
  }

  func wantsConnection(_ configuration: PostgresConfiguration) -> Bool {
    guard phase == .open else { return false }
    return open < configuration.minimum || (!line.isEmpty && open < configuration.maximum)
  }

  /// When the first caller in line has waited long enough for another connection to be worth its cost.
  ///
  /// Callers who wait for a moment are better served together by a connection that works already: on one machine
  /// with its server, more sessions than cores slow all of them down.
  func growthDue(_ configuration: PostgresConfiguration) -> ContinuousClock.Instant? {
    guard open >= max(1, configuration.minimum), let first = line.first else { return nil }
    return first.deadline - .seconds(configuration.acquireTimeoutSeconds) + .seconds(configuration.growthDelaySeconds)
  }

  /// Takes unused connections above the minimum out that have rested too long.
  mutating func takeExpired(minimum: Int, restedSince limit: ContinuousClock.Instant) -> [Connection] {
    var expired: [Connection] = []
    while open - closing > minimum, let oldest = idle.first, oldest.since <= limit {
      idle.removeFirst()
      closing += 1
      expired.append(oldest.connection)
    }
    return expired
  }
}

/// What a pool holds and has done; a snapshot.
package struct PoolStatistics: Sendable, Equatable {
  package var minimum: Int
  package var maximum: Int
  package var open: Int
  package var idle: Int
  package var busy: Int
  package var waiting: Int
  /// Connections that were asked for, those that were there at once, and those that did not come in time.
  package var acquires: UInt64
  package var acquiresWithoutWait: UInt64
  package var acquireTimeouts: UInt64
  package var connectionsOpened: UInt64
  package var connectFailures: UInt64
  package var connectTimeoutSeconds: Double
  package var acquireTimeoutSeconds: Double
  package var idleTimeoutSeconds: Double
  package var startTimeoutSeconds: Double
  package var isCircuitOpen: Bool
}
