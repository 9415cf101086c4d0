/// Stops attempts to connect for a while after several failed in a row; a pure state machine.
struct CircuitBreaker: Sendable {
  enum State: Sendable, Hashable, CaseIterable {
    /// Attempts are made.
    case closed
    /// Attempts are refused until the cool-down is over.
    case open
    /// One attempt is being made to find out.
    case halfOpen
  }

  enum Event: Sendable, Hashable, CaseIterable {
    case succeeded
    case failedTooOften
    case failedOnce
    case cooledDown
  }

  /// Every legal move; an event that is not listed changes nothing.
  static let moves: [State: [Event: State]] = [
    .closed: [.failedTooOften: .open],
    .open: [.cooledDown: .halfOpen, .succeeded: .closed],
    .halfOpen: [.succeeded: .closed, .failedOnce: .open, .failedTooOften: .open],
  ]

  private(set) var state = State.closed
  private(set) var failures = 0
  /// When the next attempt is due; nil unless open.
  private(set) var due: ContinuousClock.Instant?
  let threshold: Int
  let cooldown: Duration

  init(threshold: Int, cooldownSeconds: Double) {
    self.threshold = threshold
    cooldown = .seconds(cooldownSeconds)
  }

  private mutating func apply(_ event: Event) {
    if let next = Self.moves[state]?[event] { state = next }
  }

  /// True while callers should fail at once.
  func refuses(at now: ContinuousClock.Instant) -> Bool {
    guard let due else { return false }
    return state == .open && now < due
  }

  /// Says whether an attempt may be made now, and counts it as the one that finds out.
  mutating func attempt(at now: ContinuousClock.Instant) -> Bool {
    guard !refuses(at: now) else { return false }
    if state == .open { apply(.cooledDown) }
    return true
  }

  mutating func succeeded() {
    failures = 0
    due = nil
    apply(.succeeded)
  }

  mutating func failed(at now: ContinuousClock.Instant) {
    failures = min(failures + 1, threshold)
    apply(failures >= threshold ? .failedTooOften : .failedOnce)
    due = state == .open ? now + cooldown : nil
  }
}
