import NIOCore
import Testing

@testable import Realtime

@Suite("Timing of sockets")
struct TimingTests {
  private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

  @Test("146: a silent client is pinged after 25 s and given up after 85 s, not before")
  func silent() {
    var heartbeat = Heartbeat(interval: .seconds(25), timeout: .seconds(60), now: start)
    #expect(heartbeat.step(at: start + .milliseconds(24_999)) == .wait)
    #expect(heartbeat.step(at: start + .seconds(25)) == .ping)
    #expect(heartbeat.step(at: start + .seconds(26)) == .wait)
    #expect(heartbeat.step(at: start + .milliseconds(84_999)) == .wait)
    #expect(heartbeat.step(at: start + .seconds(85)) == .giveUp)
  }

  @Test("146: an answer starts the next interval")
  func answering() {
    var heartbeat = Heartbeat(interval: .seconds(25), timeout: .seconds(60), now: start)
    var now = start
    for _ in 0..<1_000 {
      now = heartbeat.due
      #expect(heartbeat.step(at: now) == .ping)
      now = now + .seconds(59)
      #expect(heartbeat.step(at: now) == .wait)
      #expect(heartbeat.heard(at: now) == true)
      #expect(heartbeat.due == now + .seconds(25))
    }
  }

  @Test("146: a client that talks all the time is pinged all the same, for it waits for pings")
  func talkative() {
    var heartbeat = Heartbeat(interval: .seconds(25), timeout: .seconds(60), now: start)
    for second in 1..<25 { #expect(heartbeat.heard(at: start + .seconds(Int64(second))) == false) }
    #expect(heartbeat.step(at: start + .seconds(25)) == .ping)
  }

  @Test("50 events a second pass for ever, a burst of 100 passes once")
  func bucket() {
    var bucket = TokenBucket(perSecond: 50, burst: 100, now: start)
    #expect((0..<100).allSatisfy { _ in bucket.take(at: start) })
    #expect(bucket.take(at: start) == false)
    var now = start
    for _ in 0..<500 {
      now = now + .milliseconds(20)
      #expect(bucket.take(at: now) == true)
    }
    #expect(bucket.take(at: now) == false)
    #expect((0..<100).allSatisfy { _ in bucket.take(at: now + .seconds(3600)) })
    #expect(bucket.take(at: now + .seconds(3600)) == false)
    // A clock that stands still or goes back gives nothing and takes nothing.
    #expect(bucket.take(at: start) == false)
  }

  @Test("the wheel gives each entry once, never early, and survives a long pause")
  func wheel() {
    var wheel = TimerWheel(now: start)
    wheel.schedule(1, at: start + .milliseconds(1_500))
    wheel.schedule(2, at: start + .seconds(85))
    wheel.schedule(3, at: start)
    #expect(wheel.expire(at: start + .milliseconds(99)) == [])
    #expect(wheel.expire(at: start + .milliseconds(100)) == [3])
    #expect(wheel.expire(at: start + .seconds(2)) == [1])
    #expect(wheel.expire(at: start + .milliseconds(84_999)) == [])
    wheel.schedule(4, at: start + .seconds(90))
    #expect(wheel.expire(at: start + .seconds(100_000)) == [2, 4])
    #expect(wheel.expire(at: start + .seconds(100_001)) == [])
  }
}
