import Core
import Testing

@Suite struct BreakerTests {
  private let start = ContinuousClock.now

  private func failed(_ times: Int) -> CircuitBreaker {
    var breaker = CircuitBreaker(threshold: 5, cooldownSeconds: 1)
    for _ in 0..<times { breaker.failed(at: start) }
    return breaker
  }

  @Test("240: five failures in a row open it, four do not, and a success between them starts the count again")
  func opens() {
    #expect(failed(4).state == .closed)
    #expect(failed(5).state == .open)
    var broken = failed(4)
    broken.succeeded()
    for _ in 0..<4 { broken.failed(at: start) }
    #expect(broken.state == .closed)
  }

  @Test("240: while it is open nobody asks; after the pause one attempt is made, which closes it or opens it again")
  func halfOpens() {
    var breaker = failed(5)
    #expect(breaker.refuses(at: start + .milliseconds(999)))
    let early = breaker.attempt(at: start + .milliseconds(999))
    let later = breaker.attempt(at: start + .seconds(1))
    #expect(!early && later && breaker.state == .halfOpen)
    var again = breaker
    again.failed(at: start + .seconds(1))
    #expect(again.state == .open && again.refuses(at: start + .milliseconds(1999)))
    breaker.succeeded()
    #expect(breaker.state == .closed && !breaker.refuses(at: start))
  }

  @Test("240: what is not in the table of moves changes nothing")
  func moves() {
    #expect(CircuitBreaker.moves[.closed] == [.failedTooOften: .open])
    #expect(CircuitBreaker.moves[.open] == [.cooledDown: .halfOpen, .succeeded: .closed])
    #expect(CircuitBreaker.moves[.halfOpen] == [.succeeded: .closed, .failedOnce: .open, .failedTooOften: .open])
  }
}
