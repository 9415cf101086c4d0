package import Core
package import NIOCore
import Operations
package import Tenancy

/// The free times of many people: for each and each of his places, the moments at which a visit can begin. Written by
/// hand, since there may be ten thousand of them.
package struct SlotBoard: Answer {
  private struct Group {
    let doctor: UserID
    let location: LocationID?
    let timeZone: String
    var starts: [Timestamp]
  }

  private let from: Timestamp
  private let to: Timestamp
  private let timeZone: String
  private var groups: [Group] = []

  package init(from: Timestamp, to: Timestamp, timeZone: String) {
    self.from = from
    self.to = to
    self.timeZone = timeZone
  }

  package mutating func add(
    _ doctor: UserID, _ starts: [(start: Timestamp, open: OpenSpan)], zone: (LocationID?) -> String
  ) {
    let first = groups.count
    for each in starts {
      if let place = groups[first...].firstIndex(where: { $0.location == each.open.location }) {
        groups[place].starts.append(each.start)
      } else {
        groups.append(
          Group(
            doctor: doctor, location: each.open.location, timeZone: zone(each.open.location), starts: [each.start]))
      }
    }
  }

  package static var itemName: String? { "SlotBoard" }
  package static let schema = JSONSchema.object([
    .init("from", .string(format: "date-time")), .init("to", .string(format: "date-time")),
    .init("timeZone", .string()),
    .init(
      "openings",
      .array(
        .object([
          .init("doctorId", .string(format: "uuid")), .init("locationId", JSONSchema.string(format: "uuid").nullable),
          .init("timeZone", .string()), .init("starts", .array(.string(format: "date-time"))),
        ]))),
  ])

  package func write(into buffer: inout ByteBuffer) {
    buffer.writeString(
      "{\"from\":\"\(from.rfc3339)\",\"to\":\"\(to.rfc3339)\",\"timeZone\":\"\(timeZone)\",\"openings\":[")
    var clock = ClockWriter()
    for (index, group) in groups.enumerated() {
      if index > 0 { buffer.writeStaticString(",") }
      let location = group.location.map { "\"\($0.text)\"" } ?? "null"
      buffer.writeString(
        "{\"doctorId\":\"\(group.doctor.text)\",\"locationId\":\(location),\"timeZone\":\"\(group.timeZone)\",\"starts\":["
      )
      for (place, start) in group.starts.enumerated() {
        if place > 0 { buffer.writeStaticString(",") }
        clock.write(start, into: &buffer)
      }
      buffer.writeStaticString("]}")
    }
    buffer.writeStaticString("]}")
  }
}

/// Writes times of which many are of one day: the day's letters stay, and only the clock's are written again.
private struct ClockWriter {
  private var day: Int64 = .min
  /// `"2026-11-22T00:00:00Z"` of that day.
  private var letters: [UInt8] = []

  mutating func write(_ time: Timestamp, into buffer: inout ByteBuffer) {
    let seconds = time.microseconds / 1_000_000
    guard time.microseconds >= 0, time.microseconds % 1_000_000 == 0 else {
      buffer.writeString("\"\(time.rfc3339)\"")
      return
    }
    if seconds / 86_400 != day {
      day = seconds / 86_400
      letters = Array("\"\(time.rfc3339.prefix(11))00:00:00Z\"".utf8)
    }
    let rest = seconds % 86_400
    digits(rest / 3600, at: 12)
    digits(rest / 60 % 60, at: 15)
    digits(rest % 60, at: 18)
    buffer.writeBytes(letters)
  }

  private mutating func digits(_ value: Int64, at place: Int) {
    letters[place] = UInt8(48 + value / 10)
    letters[place + 1] = UInt8(48 + value % 10)
  }
}
