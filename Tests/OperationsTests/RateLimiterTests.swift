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

@Suite struct PagingTests {
  @Test("15: page, offset and cursor name the same place, and only one of them may be given")
  func places() throws {
    let limit = PageLimit(unchecked: 10)
    #expect(try PageRequest(limit: limit, offset: nil, page: PageNumber(unchecked: 3), cursor: nil).offset == 20)
    #expect(try PageRequest(limit: limit, offset: PageOffset(unchecked: 20), page: nil, cursor: nil).offset == 20)
    let cursor = try PageCursor(json: PageCursor(offset: 20).json)
    #expect(try PageRequest(limit: limit, offset: nil, page: nil, cursor: cursor).offset == 20)
    #expect(try PageRequest(limit: nil, offset: nil, page: nil, cursor: nil).limit == 20)
    #expect(throws: Failure.self) {
      try PageRequest(limit: nil, offset: PageOffset(unchecked: 0), page: PageNumber(unchecked: 1), cursor: nil)
    }
  }

  @Test("a cursor that is none is refused", arguments: ["", "x", "bzE", "b2EK", "b3gx", "bzk5OTk5OTk5OTk5OTk5"])
  func badCursor(_ text: String) {
    #expect(throws: InvalidValue.self) { try PageCursor(json: .string(text)) }
  }
}
