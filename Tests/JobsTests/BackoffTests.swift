import Jobs
import Testing

@Suite struct BackoffTests {
  @Test("217: a failed job waits 2 s, then twice as long each time, never more than an hour, ±20 %")
  func waits() {
    for (attempt, middle) in [(1, 2.0), (2, 4), (3, 8), (4, 16), (11, 2048), (12, 3600), (13, 3600), (Int.max, 3600)] {
      #expect(abs(Backoff.seconds(afterAttempt: attempt, chance: 0.5) - middle) < 1e-9)
      #expect(abs(Backoff.seconds(afterAttempt: attempt, chance: 0) - middle * 0.8) < 1e-9)
      #expect(abs(Backoff.seconds(afterAttempt: attempt, chance: 1) - middle * 1.2) < 1e-9)
    }
  }

  @Test("217: an attempt that no job can have makes no trap", arguments: [0, -1, Int.min])
  func nonsense(attempt: Int) { #expect(Backoff.seconds(afterAttempt: attempt, chance: 0.5) == 2) }
}
