import Core
import Operations
import Testing

@Suite struct RateLimiterTests {
  private let limit = RateLimit("test", max: 3, windowSeconds: 60)
  private func time(_ seconds: Int64) -> Timestamp { Timestamp(microseconds: 0).adding(seconds: seconds) }

  @Test("245: the call after the last allowed one is refused until the window ends")
  func window() throws {
    let limiter = RateLimiter(isOn: true)
    for second in 0..<3 { try limiter.count(limit, subject: "a", at: time(Int64(second))) }
    do throws(Failure) {
      try limiter.count(limit, subject: "a", at: time(10))
      Issue.record("the fourth call passed")
    } catch {
      #expect(error.code == .tooManyRequests)
      #expect(error.retryAfterSeconds == 50)
    }
    try limiter.count(limit, subject: "a", at: time(60))
  }

  @Test("246: two subjects and two limits are counted apart")
  func apart() throws {
    let limiter = RateLimiter(isOn: true)
    for subject in ["a", "b", "c"] {
      for _ in 0..<3 { try limiter.count(limit, subject: subject, at: time(0)) }
      try limiter.count(RateLimit("other", max: 1, windowSeconds: 60), subject: subject, at: time(0))
    }
  }

  @Test("the counters stay within their bound")
  func bounded() throws {
    let limiter = RateLimiter(isOn: true, capacity: 100)
    for number in 0..<1000 { try limiter.count(limit, subject: "\(number)", at: time(0)) }
    // Made room, and still counts.
    for _ in 0..<3 { try limiter.count(limit, subject: "new", at: time(1)) }
    #expect(throws: Failure.self) { try limiter.count(limit, subject: "new", at: time(1)) }
  }

  @Test("a limiter that is off counts nothing")
  func off() throws {
    let limiter = RateLimiter(isOn: false)
    for _ in 0..<100 { try limiter.count(limit, subject: "a", at: time(0)) }
  }
}
