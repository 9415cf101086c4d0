import NIOCore

/// Due times of many sockets in buckets of a tenth of a second, so that one timer serves all of them.
struct TimerWheel {
  private var buckets: [UInt64: [UInt64]] = [:]
  private var expiredThrough: UInt64

  private static let step: UInt64 = 100_000_000

  init(now: NIODeadline) { expiredThrough = Self.index(now) }

  private static func index(_ time: NIODeadline) -> UInt64 { time.uptimeNanoseconds / step }

  /// Plans a visit in the first bucket that is not before `due`.
  mutating func schedule(_ id: UInt64, at due: NIODeadline) {
    let bucket = (due.uptimeNanoseconds + Self.step - 1) / Self.step
    buckets[max(bucket, expiredThrough + 1), default: []].append(id)
  }

  /// Takes out everything that is due; entries may be outdated, so whoever asks looks again at the real due time.
  mutating func expire(at now: NIODeadline) -> [UInt64] {
    let current = Self.index(now)
    guard current > expiredThrough else { return [] }
    var due: [UInt64] = []
    // After a long pause of the machine it is cheaper to look at the buckets than at every step.
    if current - expiredThrough > 600 {
      for key in buckets.keys.filter({ $0 <= current }).sorted() { due += buckets.removeValue(forKey: key) ?? [] }
    } else {
      for key in expiredThrough + 1...current { due += buckets.removeValue(forKey: key) ?? [] }
    }
    expiredThrough = current
    return due
  }
}
