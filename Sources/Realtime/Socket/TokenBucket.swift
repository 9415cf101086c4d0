package import NIOCore

/// A rate limit that allows bursts: `burst` at once, `perSecond` in the long run. Pure; the time comes from outside.
package struct TokenBucket: Sendable {
  private let perSecond: Double
  private let burst: Double
  private var tokens: Double
  private var updated: NIODeadline

  package init(perSecond: Int, burst: Int, now: NIODeadline) {
    self.perSecond = Double(perSecond)
    self.burst = Double(burst)
    tokens = Double(burst)
    updated = now
  }

  /// Takes one token; false when there is none.
  package mutating func take(at now: NIODeadline) -> Bool {
    if now > updated {
      let elapsed = Double((now - updated).nanoseconds) / 1_000_000_000
      tokens = min(burst, tokens + elapsed * perSecond)
      updated = now
    }
    guard tokens >= 1 else { return false }
    tokens -= 1
    return true
  }
}
