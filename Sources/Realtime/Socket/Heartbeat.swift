package import NIOCore

/// When to ping a client and when to give it up: a ping each interval, and the timeout for its answer.
///
/// Pure: the time comes from outside. With 25 s and 60 s a client that never speaks is given up after 85 s.
package struct Heartbeat: Sendable {
  package enum Step: Equatable, Sendable { case wait, ping, giveUp }

  package let interval: TimeAmount
  package let timeout: TimeAmount
  private var intervalStart: NIODeadline
  private var pingedAt: NIODeadline?

  package init(interval: TimeAmount, timeout: TimeAmount, now: NIODeadline) {
    self.interval = interval
    self.timeout = timeout
    intervalStart = now
  }

  /// The client spoke (any packet). If it owed an answer, it owes none any more and the next interval begins: true.
  ///
  /// Otherwise nothing changes: a client gives up a server that does not ping, however much it says itself.
  package mutating func heard(at now: NIODeadline) -> Bool {
    guard pingedAt != nil else { return false }
    pingedAt = nil
    intervalStart = now
    return true
  }

  /// The next time at which `step` will say something else than `wait`.
  package var due: NIODeadline { pingedAt.map { $0 + timeout } ?? intervalStart + interval }

  package mutating func step(at now: NIODeadline) -> Step {
    guard now >= due else { return .wait }
    guard pingedAt == nil else { return .giveUp }
    pingedAt = now
    return .ping
  }
}
