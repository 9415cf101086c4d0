package import Core

/// A minute of a day on the clock: `08:00`; `24:00` is the day's end.
package struct ClockTime: Sendable, Hashable {
  package let minutes: Int

  package init(minutes: Int) { self.minutes = minutes }

  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"),
      [0, 1, 3, 4].allSatisfy({ digits.contains(bytes[$0]) })
    else { return nil }
    let hour = Int(bytes[0] - 48) * 10 + Int(bytes[1] - 48)
    let minute = Int(bytes[3] - 48) * 10 + Int(bytes[4] - 48)
    guard hour < 24 && minute < 60 || hour == 24 && minute == 0 else { return nil }
    minutes = hour * 60 + minute
  }

  package var text: String { "\(Self.pad(minutes / 60)):\(Self.pad(minutes % 60))" }

  static func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}

/// The hours of one day of the week: up to six spans `{start, end}`, each at most 24 hours. An end that is not after
/// the start is on the next day.
package struct DayHours: Primitive, Equatable {
  package struct Span: Sendable, Equatable {
    package let start: ClockTime
    package let end: ClockTime
    /// How long it lasts on a day without a change of clocks.
    package var minutes: Int {
      end.minutes > start.minutes ? end.minutes - start.minutes : 1440 + end.minutes - start.minutes
    }
  }

  package let spans: [Span]
  package init(_ spans: [Span]) { self.spans = spans }

  private static let limit = 6
  private static let span = JSONSchema.object(
    [
      .init("start", .string(minimum: 5, maximum: 5, pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$", example: "22:00")),
      .init(
        "end", .string(minimum: 5, maximum: 5, pattern: "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$", example: "06:00")),
    ], closed: true)
  package static var schema: JSONSchema { .array(span, maximum: limit) }
  package static var example: DayHours { DayHours([]) }
  package var json: JSONValue {
    .array(spans.map { ["start": .string($0.start.text), "end": .string($0.end.text)] })
  }

  package init(json: JSONValue) throws(InvalidValue) {
    guard let items = json.items else { throw InvalidValue("must be an array, not \(json.kind)", rule: "type") }
    guard items.count <= Self.limit else {
      throw InvalidValue("must have at most \(Self.limit) items", rule: "maxItems")
    }
    var spans: [Span] = []
    for (index, item) in items.enumerated() {
      guard case .object(let members) = item, members.count == 2, let start = item["start"]?.text,
        let end = item["end"]?.text, let from = ClockTime(start), from.minutes < 1440, let to = ClockTime(end)
      else {
        throw InvalidValue("item \(index + 1) must be a start and an end on the clock, as 08:00", rule: "format")
      }
      spans.append(Span(start: from, end: to))
    }
    self.init(spans.sorted { $0.start.minutes < $1.start.minutes })
  }
}
