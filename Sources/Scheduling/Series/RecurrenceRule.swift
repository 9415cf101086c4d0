import CIcal
package import Core
package import Tenancy

/// How appointments come again, as RFC 5545 writes it: `FREQ=WEEKLY;BYDAY=MO,TH;COUNT=8`. By days, weeks, months or
/// years, with an end, and at most 100 times.
package struct RecurrenceRule: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 10...300 }
  package static var sample: String { "FREQ=WEEKLY;COUNT=4" }
  package static var pattern: String? { "^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;[A-Z]+=[A-Z0-9,+-]+)*$" }
  /// Instances that a series has at most.
  package static let most = 100

  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    var names: Set<String> = []
    for part in text.split(separator: ";", omittingEmptySubsequences: false) {
      let pair = part.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      guard pair.count == 2, names.insert(pair[0]).inserted, isPart(pair[0], pair[1]) else {
        throw InvalidValue("must be a rule such as FREQ=WEEKLY;COUNT=4", rule: "pattern")
      }
    }
    guard text.hasPrefix("FREQ=") else {
      throw InvalidValue("must be a rule such as FREQ=WEEKLY;COUNT=4", rule: "pattern")
    }
    guard names.contains("COUNT") != names.contains("UNTIL") else {
      throw InvalidValue("must end by COUNT or by UNTIL", rule: "end")
    }
    return text
  }

  private static func isPart(_ name: String, _ value: String) -> Bool {
    switch name {
    case "FREQ": ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"].contains(value)
    case "INTERVAL": isNumber(value, 1...52)
    case "COUNT": isNumber(value, 1...Self.most)
    case "UNTIL": value.utf8.count == 8 && Timestamp(rfc3339: dashed(value) + "T00:00:00Z") != nil
    case "WKST": days.contains(value)
    case "BYDAY": all(value) { isDay($0) }
    case "BYMONTHDAY": all(value) { isNumber($0, 1...31) || isNumber($0, -31 ... -1) }
    case "BYMONTH": all(value) { isNumber($0, 1...12) }
    case "BYSETPOS": all(value) { isNumber($0, 1...366) || isNumber($0, -366 ... -1) }
    default: false
    }
  }

  private static let days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

  /// `MO`, or `2MO` and `-1FR`: the second, the last.
  private static func isDay(_ text: String) -> Bool {
    let place = text.dropLast(2)
    return days.contains(String(text.suffix(2)))
      && (place.isEmpty || isNumber(String(place), 1...53) || isNumber(String(place), -53 ... -1))
  }

  private static func all(_ value: String, _ test: (String) -> Bool) -> Bool {
    let parts = value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    return parts.count <= 31 && parts.allSatisfy(test)
  }

  private static func isNumber(_ text: String, _ range: ClosedRange<Int>) -> Bool {
    guard text.utf8.count <= 4, !text.hasPrefix("+"), let number = Int(text) else { return false }
    return range.contains(number)
  }

  private static func dashed(_ text: String) -> String {
    "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))"
  }

  /// The same with another end: so many more times.
  package func ending(after count: Int) -> RecurrenceRule {
    let parts = text.split(separator: ";").filter { !$0.hasPrefix("COUNT=") && !$0.hasPrefix("UNTIL=") }
    return RecurrenceRule(unchecked: parts.joined(separator: ";") + ";COUNT=\(count)")
  }

  /// The beginnings of the recurrences on the wall's clock, in seconds since 1970-01-01 there; the first is `start` if
  /// the rule holds it. An UNTIL is a whole day.
  package func times(from start: Int64) -> [Int64] {
    let day = Timestamp(microseconds: 0).adding(seconds: start).rfc3339
    let parts = day.split(whereSeparator: { "-T:Z".contains($0) }).compactMap { Int32($0) }
    guard parts.count >= 5 else { return [] }
    let whole = text.split(separator: ";").map { $0.hasPrefix("UNTIL=") ? $0 + "T235959" : $0 }
    guard
      let rule = ward_open_rule(
        whole.joined(separator: ";"), parts[0], parts[1], parts[2], parts[3], parts[4])
    else { return [] }
    defer { ward_close_rule(rule) }
    var found: [Int64] = []
    var next: [Int32] = [0, 0, 0, 0, 0]
    while found.count <= Self.most, ward_next_time(rule, &next) == 1 {
      let date = "\(Self.pad(next[0], 4))-\(Self.pad(next[1], 2))-\(Self.pad(next[2], 2))T"
      guard let time = Timestamp(rfc3339: date + "\(Self.pad(next[3], 2)):\(Self.pad(next[4], 2)):00Z") else { break }
      found.append(time.microseconds / 1_000_000)
    }
    return found
  }

  private static func pad(_ value: Int32, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension ZoneOffsets {
  /// When a recurrence is: of an hour that comes twice the first, and one that is skipped as much later (RFC 5545).
  package func recurrence(local seconds: Int64) -> Timestamp {
    times(local: seconds, to: seconds + 60).first?.from ?? instant(local: seconds)
  }
}
