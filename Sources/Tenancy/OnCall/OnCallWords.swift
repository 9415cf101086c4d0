package import Core

package enum OnCallScheduleEntity {}
package typealias OnCallScheduleID = Identifier<OnCallScheduleEntity>
package enum OnCallOverrideEntity {}
package typealias OnCallOverrideID = Identifier<OnCallOverrideEntity>

/// A day of the calendar: `2026-11-23`, of the years 2000 to 2199.
package struct CivilDate: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 10...10 }
  package static var sample: String { "2026-11-23" }
  package static var pattern: String? { "^2[01][0-9]{2}-[0-9]{2}-[0-9]{2}$" }
  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    guard text.hasPrefix("20") || text.hasPrefix("21"), Timestamp(rfc3339: text + "T00:00:00Z") != nil else {
      throw InvalidValue("must be a day such as 2026-11-23", rule: "pattern")
    }
    return text
  }

  /// Days since 1970-01-01.
  package var day: Int64 { (Timestamp(rfc3339: text + "T00:00:00Z")?.microseconds ?? 0) / 86_400_000_000 }
}

/// A time on the clock at which one hands over to the next: `08:00`.
package struct HandoverTime: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 5...5 }
  package static var sample: String { "08:00" }
  package static var pattern: String? { "^([01][0-9]|2[0-3]):[0-5][0-9]$" }
  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    guard let time = ClockTime(text), time.minutes < 1440 else {
      throw InvalidValue("must be a time on the clock, as 08:00", rule: "pattern")
    }
    return text
  }

  package var minutes: Int { ClockTime(text)?.minutes ?? 0 }
}

/// How long one's turn lasts where it is neither a day nor a week: 1 to 744 hours.
package struct TurnHours: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 1...744 }
}

package enum RotationKind: String, ChoicePrimitive { case daily, weekly, custom }
