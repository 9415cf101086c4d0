package import Core
import Postgres

/// The hours of each day of a week, in the hospital's time zone; a day that is not given has none. No span lies over
/// another, nor over the next day's, Sunday's over Monday's included.
package struct WeekHours: Decodable, Sendable, Equatable {
  /// Monday first.
  package let days: [DayHours]

  package init(days: [DayHours]) { self.days = days }

  enum Day: String, CodingKey, CaseIterable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday
  }

  package init(from decoder: any Decoder) throws {
    let input = try decoder.container(keyedBy: Day.self)
    days = try Day.allCases.map { try input.decodeIfPresent(DayHours.self, forKey: $0) ?? DayHours([]) }
    if let day = firstOverlap {
      (decoder as? any InputNoting)?.note(day.rawValue, "must not lie over other hours", rule: "overlap")
    }
  }

  /// From what the database keeps, which was checked when it came in.
  package init?(stored: JSONValue) {
    var days: [DayHours] = []
    for day in Day.allCases {
      guard let hours = try? DayHours(json: stored[day.rawValue] ?? .array([])) else { return nil }
      days.append(hours)
    }
    self.days = days
  }

  package var json: JSONValue {
    .object(zip(Day.allCases, days).map { .init($0.rawValue, $1.json) })
  }
  var stored: JSONB { JSONB(text: json.encoded) }
  package static let schema = JSONSchema.object(Day.allCases.map { .init($0.rawValue, DayHours.schema) })

  /// Every span as minutes since Monday's midnight; the last may end in the week after.
  package var spans: [(day: Int, start: Int, end: Int)] {
    days.enumerated().flatMap { day, hours in
      hours.spans.map { (day, day * 1440 + $0.start.minutes, day * 1440 + $0.start.minutes + $0.minutes) }
    }
  }

  private var firstOverlap: Day? {
    let spans = self.spans
    guard let first = spans.first else { return nil }
    let next = spans.dropFirst() + [(first.day, first.start + Self.minutes, first.end + Self.minutes)]
    // A lone span of 24 hours cannot reach itself a week later.
    for (one, other) in zip(spans, next) where other.start < one.end { return Day.allCases[other.day] }
    return nil
  }

  /// The day in which work without a break goes past this many minutes, wherever in the week it began.
  func firstDay(workingOver limit: Int) -> String? {
    let spans = self.spans
    let twice = spans + spans.map { ($0.day, $0.start + Self.minutes, $0.end + Self.minutes) }
    var begin: Int?
    var end: Int?
    for each in twice {
      if each.start != end { begin = each.start }
      end = each.end
      if let begin, each.end - begin > limit { return Day.allCases[each.day].rawValue }
    }
    return nil
  }

  private static let minutes = 7 * 1440
}
