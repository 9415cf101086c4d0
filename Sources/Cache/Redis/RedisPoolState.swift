import Core

/// The book-keeping of a pool, always changed under its lock and never doing anything itself.
struct RedisPoolState: Sendable {
  struct Waiter: Sendable {
    let id: UInt64
    let continuation: CheckedContinuation<Result<RedisConnection, RedisError>, Never>
  }

  enum Admission: Sendable {
    case idle(RedisConnection)
    case wait(mayOpen: Bool)
    case refused(RedisError)
  }

  private let maximum: Int
  private let waitingMaximum: Int
  /// The one used last at the end.
  var idle: [RedisConnection] = []
  /// Connections that exist or are being made.
  var open = 0
  var line: [Waiter] = []
  var breaker: CircuitBreaker
  var probe: Task<Void, Never>?
  var isClosed = false
  var opened: UInt64 = 0
  var failures: UInt64 = 0
  private var lastID: UInt64 = 0
  /// Waiters whose time was over before they had entered.
  private var late: Set<UInt64> = []

  init(_ settings: RedisSettings) {
    maximum = settings.connections
    waitingMaximum = settings.waiting
    breaker = CircuitBreaker(
      threshold: settings.breakerThreshold, cooldownSeconds: settings.breakerCooldownSeconds)
  }

  mutating func nextID() -> UInt64 {
    lastID &+= 1
    return lastID
  }

  mutating func take() -> Admission {
    guard !isClosed else { return .refused(.closed) }
    guard breaker.state == .closed else { return .refused(.unavailable) }
    if let connection = idle.popLast() { return .idle(connection) }
    guard line.count < waitingMaximum else { return .refused(.busy) }
    let mayOpen = open < maximum
    if mayOpen { open += 1 }
    return .wait(mayOpen: mayOpen)
  }

  /// Nil when the waiter stands in the line.
  mutating func enter(_ waiter: Waiter) -> Admission? {
    guard !isClosed else { return .refused(.closed) }
    guard late.remove(waiter.id) == nil else { return .refused(.busy) }
    // The breaker may have opened, or a connection have come back, since the caller was told to wait.
    guard breaker.state == .closed, open > 0 else { return .refused(.unavailable) }
    if let connection = idle.popLast() { return .idle(connection) }
    line.append(waiter)
    return nil
  }

  mutating func leave(_ id: UInt64) -> Waiter? {
    guard let index = line.firstIndex(where: { $0.id == id }) else {
      // Either it has been served, or it is about to enter; in the latter case it must not wait for good.
      late.insert(id)
      if late.count > 10_000 { late.removeAll() }
      return nil
    }
    return line.remove(at: index)
  }

  /// Who gets the connection next, and whether nobody wants it any more.
  mutating func rest(_ connection: RedisConnection) -> (next: Waiter?, isUnwanted: Bool) {
    guard !isClosed else {
      open -= 1
      return (nil, true)
    }
    if !line.isEmpty { return (line.removeFirst(), false) }
    idle.append(connection)
    return (nil, false)
  }
}

extension CircuitBreaker.State {
  /// As people and figures call it.
  package var word: String {
    switch self {
    case .closed: "closed"
    case .open: "open"
    case .halfOpen: "half-open"
    }
  }
}
