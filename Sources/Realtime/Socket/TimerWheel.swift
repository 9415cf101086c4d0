import NIOCore

/// Due times of many sockets in buckets of one second, so that one timer serves all of them.
struct TimerWheel {
  private var buckets: [UInt64: [UInt64]] = [:]
  private var expiredThrough: UInt64

  init(now: NIODeadline) { expiredThrough = Self.second(now) }

  private static func second(_ time: NIODeadline) -> UInt64 { time.uptimeNanoseconds / 1_000_000_000 }

  /// Plans a visit in the first whole second that is not before `due`.
  mutating func schedule(_ id: UInt64, at due: NIODeadline) {
    let bucket = (due.uptimeNanoseconds + 999_999_999) / 1_000_000_000
    buckets[max(bucket, expiredThrough + 1), default: []].append(id)
  }

  /// Takes out everything that is due; entries may be outdated, so whoever asks looks again at the real due time.
  mutating func expire(at now: NIODeadline) -> [UInt64] {
    let current = Self.second(now)
    guard current > expiredThrough else { return [] }
    var due: [UInt64] = []
    // After a long pause of the machine it is cheaper to look at the buckets than at every second.
    if current - expiredThrough > 600 {
      for key in buckets.keys.filter({ $0 <= current }).sorted() { due += buckets.removeValue(forKey: key) ?? [] }
    } else {
      for key in expiredThrough + 1...current { due += buckets.removeValue(forKey: key) ?? [] }
    }
    expiredThrough = current
    return due
  }
}
