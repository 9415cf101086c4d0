package import NIOCore

/// When to ping a client and when to give it up: a ping each interval, and the timeout for its answer.
///
/// Pure: the time comes from outside. With 25 s and 60 s a client that never speaks is given up after 85 s.
package struct Heartbeat: Sendable {
  package enum Step: Equatable, Sendable { case wait, ping, giveUp }

  package let interval: TimeAmount
  package let timeout: TimeAmount
  private var quietSince: NIODeadline
  private var pingedAt: NIODeadline?

  package init(interval: TimeAmount, timeout: TimeAmount, now: NIODeadline) {
    self.interval = interval
    self.timeout = timeout
    quietSince = now
  }

  /// The client spoke (any packet): no answer is owed any more, and the next interval begins.
  package mutating func heard(at now: NIODeadline) {
    quietSince = now
    pingedAt = nil
  }

  /// The next time at which `step` will say something else than `wait`.
  package var due: NIODeadline { pingedAt.map { $0 + timeout } ?? quietSince + interval }

  package mutating func step(at now: NIODeadline) -> Step {
    guard now >= due else { return .wait }
    guard pingedAt == nil else { return .giveUp }
    pingedAt = now
    return .ping
  }
}
