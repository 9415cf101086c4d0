package import Core

/// How far a time zone's clocks are ahead of UTC over a span of time: what the database knows of the zone, as a value.
///
/// Local times are seconds since 1970-01-01 00:00 on the wall's clock. One that is skipped in spring means as much later
/// as is skipped; one that comes twice in autumn means the second. So does PostgreSQL.
package struct ZoneOffsets: Sendable, Equatable {
  package struct Span: Sendable, Equatable {
    package let from: Timestamp
    package let seconds: Int64

    package init(from: Timestamp, seconds: Int64) {
      self.from = from
      self.seconds = seconds
    }
  }

  /// Rising; the first counts for all time before, too.
  private let spans: [Span]

  package init(_ spans: [Span]) { self.spans = spans.sorted { $0.from < $1.from } }

  package func instant(local seconds: Int64) -> Timestamp {
    let utc = Timestamp(microseconds: 0).adding(seconds: seconds)
    for span in spans.reversed() {
      let time = utc.adding(seconds: -span.seconds)
      if time >= span.from { return time }
    }
    return utc.adding(seconds: -(spans.first?.seconds ?? 0))
  }

  /// The times at which the wall's clock shows something from `start` up to `end`: none where all of it is skipped, and
  /// more or longer ones where it comes twice.
  package func times(local start: Int64, to end: Int64) -> [(from: Timestamp, to: Timestamp)] {
    var found: [(from: Timestamp, to: Timestamp)] = []
    for (index, span) in spans.enumerated() {
      var from = Timestamp(microseconds: 0).adding(seconds: start - span.seconds)
      var to = Timestamp(microseconds: 0).adding(seconds: end - span.seconds)
      if index > 0 { from = max(from, span.from) }
      if index + 1 < spans.count { to = min(to, spans[index + 1].from) }
      guard from < to else { continue }
      if let last = found.last, last.to == from {
        found[found.count - 1].to = to
      } else {
        found.append((from, to))
      }
    }
    return found
  }

  package func local(_ time: Timestamp) -> Int64 {
    let span = spans.last { $0.from <= time } ?? spans.first
    return Self.floor(time.microseconds, by: 1_000_000) + (span?.seconds ?? 0)
  }

  /// `Sunday 02:00`.
  package func words(for time: Timestamp) -> String {
    let seconds = local(time)
    let day = Self.floor(seconds, by: 86_400)
    let clock = ClockTime(minutes: Int((seconds - day * 86_400) / 60))
    // 1970-01-01 was a Thursday.
    return "\(Self.names[Self.weekday(day)]) \(clock.text)"
  }

  /// 0 is Monday.
  package static func weekday(_ day: Int64) -> Int { Int(((day + 3) % 7 + 7) % 7) }

  package static func floor(_ value: Int64, by divisor: Int64) -> Int64 {
    value / divisor - (value % divisor < 0 ? 1 : 0)
  }

  private static let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
}
