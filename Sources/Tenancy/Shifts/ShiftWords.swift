package import Core

package enum ShiftEntity {}
package typealias ShiftID = Identifier<ShiftEntity>

/// How often weekly hours were changed; 0 where there are none yet.
package struct ScheduleVersion: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 0...Int64(Int32.max) }
}

/// From one moment to a later one: a planned shift lasts from 30 minutes to 24 hours.
struct ShiftSpan {
  static let shortest: Int64 = 30 * 60
  static let longest: Int64 = 24 * 3600
  let from: Timestamp
  let to: Timestamp

  init(from: Timestamp, to: Timestamp) throws(Failure) {
    guard from < to else { throw .invalid("to", "must be after from", rule: "order") }
    guard to >= from.adding(seconds: Self.shortest) else {
      throw .invalid("to", "must be at least 30 minutes after from", rule: "range")
    }
    guard to <= from.adding(seconds: Self.longest) else {
      throw .invalid("to", "must be at most 24 hours after from", rule: "range")
    }
    self.from = from
    self.to = to
  }
}
