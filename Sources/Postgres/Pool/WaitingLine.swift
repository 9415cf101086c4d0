/// Statements that one caller wants answered in one implicit transaction.
struct RunRequest: Sendable {
  let statements: [SQL]
  let continuation: CheckedContinuation<[Rows], any Error>
  /// True once the statements were sent again after a plan had become stale.
  var isReplanned = false
}

/// A caller that waits for a connection.
struct Waiter: Sendable {
  enum Wish: Sendable {
    case run(RunRequest)
    case lease(CheckedContinuation<Connection, any Error>)
  }

  let id: UInt64
  let deadline: ContinuousClock.Instant
  let wish: Wish

  func fail(_ error: any Error) {
    switch wish {
    case .run(let request): request.continuation.resume(throwing: error)
    case .lease(let continuation): continuation.resume(throwing: error)
    }
  }
}

/// The callers that wait, first come first served.
struct WaitingLine: Sendable {
  private var waiters: [Waiter] = []
  private var head = 0

  var count: Int { waiters.count - head }
  var isEmpty: Bool { count == 0 }
  var first: Waiter? { isEmpty ? nil : waiters[head] }

  mutating func append(_ waiter: Waiter) { waiters.append(waiter) }

  /// Puts callers back in front whose connection turned out to be closed.
  mutating func putBack(_ returned: [Waiter]) {
    waiters.replaceSubrange(..<head, with: returned)
    head = 0
  }

  mutating func popFirst() -> Waiter? {
    guard let waiter = first else { return nil }
    head += 1
    if head > 64, head * 2 > waiters.count {
      waiters.removeSubrange(..<head)
      head = 0
    }
    return waiter
  }

  /// Takes the caller out of the line; nil when it is no longer in it.
  mutating func remove(_ id: UInt64) -> Waiter? {
    guard let index = waiters[head...].firstIndex(where: { $0.id == id }) else { return nil }
    return waiters.remove(at: index)
  }

  /// Takes out those at the front whose time is over.
  mutating func expired(at now: ContinuousClock.Instant) -> [Waiter] {
    var late: [Waiter] = []
    while let waiter = first, waiter.deadline <= now, let popped = popFirst() { late.append(popped) }
    return late
  }

  mutating func removeAll() -> [Waiter] {
    defer {
      waiters = []
      head = 0
    }
    return Array(waiters[head...])
  }
}
