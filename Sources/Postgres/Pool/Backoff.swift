/// Waiting times that double up to a limit, each cut by chance so that many waiters do not come back together.
struct Backoff: Sendable {
  let firstSeconds: Double
  let longestSeconds: Double
  private var exponent = 0

  init(firstSeconds: Double, longestSeconds: Double) {
    self.firstSeconds = firstSeconds
    self.longestSeconds = longestSeconds
  }

  /// Between half and all of the current step.
  mutating func next(using generator: inout some RandomNumberGenerator) -> Duration {
    var step = firstSeconds
    for _ in 0..<exponent where step < longestSeconds { step *= 2 }
    exponent = min(exponent + 1, 30)
    let seconds = min(step, longestSeconds)
    return .seconds(Double.random(in: seconds / 2...seconds, using: &generator))
  }

  mutating func next() -> Duration {
    var generator = SystemRandomNumberGenerator()
    return next(using: &generator)
  }

  mutating func reset() { exponent = 0 }
}
