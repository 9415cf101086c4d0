import Core

/// The period that a calendar shows: a week from now when nothing is said, at most 92 days, in the years 2000 to 2199.
struct OnCallPeriod {
  static let longest: Int64 = 92 * 86_400
  private static let years =
    Timestamp(microseconds: 946_684_800_000_000)...Timestamp(microseconds: 7_258_118_400_000_000)

  let from: Timestamp
  let to: Timestamp

  init(from: Timestamp?, to: Timestamp?, now: Timestamp) throws(Failure) {
    self.from = from ?? now
    self.to = to ?? self.from.adding(seconds: 7 * 86_400)
    try Self.check(self.from, field: "from")
    try Self.check(self.to, field: "to")
    guard self.from < self.to else { throw .invalid("to", "must be after from", rule: "order") }
    guard self.to <= self.from.adding(seconds: Self.longest) else {
      throw .invalid("to", "must be at most 92 days after from", rule: "range")
    }
  }

  /// Times in which time zones mean something.
  static func check(_ time: Timestamp, field: String) throws(Failure) {
    guard years.contains(time) else { throw .invalid(field, "must be in the years 2000 to 2199", rule: "range") }
  }
}
