/// Whether an endpoint is tried: closed after a success; open after five failures in a row, when it rests for half a
/// minute and then twice as long each time, five minutes at most; half open while one event is tried.
package struct Breaker: Sendable, Equatable {
  package enum State: String, Sendable, CaseIterable {
    case closed, open
    case halfOpen = "half_open"
  }

  package enum Move: Sendable, CaseIterable { case succeed, fail, attempt }

  package private(set) var state: State
  /// In a row.
  package private(set) var failures: Int

  package static let threshold = 5

  package init(state: State = .closed, failures: Int = 0) {
    self.state = state
    self.failures = failures
  }

  /// The legal moves; nil where there is none.
  package static func next(_ state: State, _ move: Move, failures: Int) -> State? {
    switch (state, move) {
    case (.closed, .succeed), (.halfOpen, .succeed): .closed
    case (.closed, .fail): failures >= threshold ? .open : .closed
    case (.halfOpen, .fail): .open
    case (.closed, .attempt): .closed
    case (.open, .attempt), (.halfOpen, .attempt): .halfOpen
    case (.open, .succeed), (.open, .fail): nil
    }
  }

  /// Before an event is sent: an open one whose rest is over lets one through.
  package mutating func begin() { move(.attempt) }

  package mutating func succeed() {
    if move(.succeed) { failures = 0 }
  }

  /// Seconds until the next try.
  package mutating func fail() -> Int64 {
    failures += 1
    move(.fail)
    let excess = min(failures - (state == .open ? Self.threshold : 1), 10)
    return min(Int64(state == .open ? 30 : 1) << Int64(max(excess, 0)), 300)
  }

  @discardableResult
  private mutating func move(_ move: Move) -> Bool {
    guard let next = Self.next(state, move, failures: failures) else { return false }
    state = next
    return true
  }
}
