/// How long a failed job waits: 2 s, then twice as long each time, at most an hour, ±20 % so that jobs which
/// failed together do not come back together.
package enum Backoff {
  package static let longestSeconds = 3600.0

  /// `chance` is from 0 to 1.
  package static func seconds(afterAttempt attempt: Int, chance: Double) -> Double {
    var seconds = 2.0
    var left = attempt
    while left > 1, seconds < longestSeconds {
      seconds *= 2
      left -= 1
    }
    return min(seconds, longestSeconds) * (0.8 + 0.4 * chance)
  }
}
