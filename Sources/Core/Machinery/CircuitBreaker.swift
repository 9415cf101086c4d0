/// Stops attempts (to connect, to ask another server) for a while after several failed in a row; a pure state machine.
package struct CircuitBreaker: Sendable {
  package enum State: Sendable, Hashable, CaseIterable {
    /// Attempts are made.
    case closed
    /// Attempts are refused until the cool-down is over.
    case open
    /// One attempt is being made to find out.
    case halfOpen
  }

  package enum Event: Sendable, Hashable, CaseIterable {
    case succeeded
    case failedTooOften
    case failedOnce
    case cooledDown
  }

  /// Every legal move; an event that is not listed changes nothing.
  package static let moves: [State: [Event: State]] = [
    .closed: [.failedTooOften: .open],
    .open: [.cooledDown: .halfOpen, .succeeded: .closed],
    .halfOpen: [.succeeded: .closed, .failedOnce: .open, .failedTooOften: .open],
  ]

  package private(set) var state = State.closed
  package private(set) var failures = 0
  /// When the next attempt is due; nil unless open.
  package private(set) var due: ContinuousClock.Instant?
  package let threshold: Int
  package let cooldown: Duration

  package init(threshold: Int, cooldownSeconds: Double) {
    self.threshold = threshold
    cooldown = .seconds(cooldownSeconds)
  }

  private mutating func apply(_ event: Event) {
    if let next = Self.moves[state]?[event] { state = next }
  }

  /// True while callers should fail at once.
  package func refuses(at now: ContinuousClock.Instant) -> Bool {
    guard let due else { return false }
    return state == .open && now < due
  }

  /// Says whether an attempt may be made now, and counts it as the one that finds out.
  package mutating func attempt(at now: ContinuousClock.Instant) -> Bool {
    guard !refuses(at: now) else { return false }
    if state == .open { apply(.cooledDown) }
    return true
  }

  package mutating func succeeded() {
    failures = 0
    due = nil
    apply(.succeeded)
  }

  package mutating func failed(at now: ContinuousClock.Instant) {
    failures = min(failures + 1, threshold)
    apply(failures >= threshold ? .failedTooOften : .failedOnce)
    due = state == .open ? now + cooldown : nil
  }
}
