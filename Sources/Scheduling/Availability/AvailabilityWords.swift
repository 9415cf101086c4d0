package import Core
package import Tenancy

package enum AvailabilityExceptionEntity {}
package typealias AvailabilityExceptionID = Identifier<AvailabilityExceptionEntity>

/// A day of the week after ISO 8601: 1 is Monday, 7 is Sunday.
package struct Weekday: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 1...7 }
}

/// How long a visit lasts: 5 to 480 minutes.
package struct VisitMinutes: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 5...480 }
}

/// How many visits somebody has at once: 1 to 99.
package struct SeatCount: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 1...99 }
}

/// How often the hours of somebody were changed; 0 where there are none yet.
package struct HoursVersion: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 0...Int64(Int32.max) }
}

/// A time on the clock at which hours end: `17:30`; `24:00` is the day's end.
package struct EndTime: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 5...5 }
  package static var sample: String { "17:00" }
  package static var pattern: String? { "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$" }
  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    guard ClockTime(text) != nil else {
      throw InvalidValue("must be a time on the clock, as 17:30, or 24:00", rule: "pattern")
    }
    return text
  }

  package var minutes: Int { ClockTime(text)?.minutes ?? 0 }
}

/// Whether an exception takes hours away or adds some.
package enum ExceptionKind: String, ChoicePrimitive { case off, extra }

/// Hours of one day of the week, in the wall's clock of the place.
package struct WorkingHours: Decodable, Sendable {
  package let day: Weekday
  package let start: HandoverTime
  package let end: EndTime
  package let locationId: LocationID?
  package let averageMinutes: VisitMinutes?
  package let isActive: Bool?
  package let from: CivilDate?
  package let until: CivilDate?

  private enum Key: String, CodingKey { case day, start, end, locationId, averageMinutes, isActive, from, until }

  package init(from decoder: any Decoder) throws {
    let input = try decoder.container(keyedBy: Key.self)
    day = try input.decode(Weekday.self, forKey: .day)
    start = try input.decode(HandoverTime.self, forKey: .start)
    end = try input.decode(EndTime.self, forKey: .end)
    locationId = try input.decodeIfPresent(LocationID.self, forKey: .locationId)
    averageMinutes = try input.decodeIfPresent(VisitMinutes.self, forKey: .averageMinutes)
    isActive = try input.decodeIfPresent(Bool.self, forKey: .isActive)
    from = try input.decodeIfPresent(CivilDate.self, forKey: .from)
    until = try input.decodeIfPresent(CivilDate.self, forKey: .until)
    guard let notes = decoder as? any InputNoting else { return }
    if end.minutes <= start.minutes { notes.note("end", "must be after start", rule: "order", against: ["start"]) }
    if let from, let until, until.day < from.day {
      notes.note("until", "must not be before from", rule: "order", against: ["from"])
    }
  }

  /// Whether both count at some moment.
  func overlaps(_ other: WorkingHours) -> Bool {
    day.value == other.day.value && start.minutes < other.end.minutes && other.start.minutes < end.minutes
      && (from?.day ?? .min) <= (other.until?.day ?? .max) && (other.from?.day ?? .min) <= (until?.day ?? .max)
  }
}
