/// A point in time in microseconds since 1970-01-01T00:00:00Z, the resolution of PostgreSQL's `timestamptz`.
package struct Timestamp: Sendable, Hashable, Comparable {
  package var microseconds: Int64

  package init(microseconds: Int64) { self.microseconds = microseconds }

  package static func < (a: Timestamp, b: Timestamp) -> Bool { a.microseconds < b.microseconds }

  /// The time this many seconds later; saturates at the ends of the range instead of trapping.
  package func adding(seconds: Int64) -> Timestamp {
    let (span, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
    guard !overflow else { return Timestamp(microseconds: seconds < 0 ? .min : .max) }
    let (sum, past) = microseconds.addingReportingOverflow(span)
    return Timestamp(microseconds: past ? (span < 0 ? .min : .max) : sum)
  }

  /// Whole and fractional seconds from `earlier` until this time.
  package func seconds(since earlier: Timestamp) -> Double {
    (Double(microseconds) - Double(earlier.microseconds)) / 1_000_000
  }
}

// Civil-date arithmetic after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (public domain).
extension Timestamp {
  /// RFC 3339 in UTC, with microseconds only when there are any: `2026-11-21T01:25:08.25Z`.
  package var rfc3339: String {
    var seconds = microseconds / 1_000_000
    var fraction = microseconds % 1_000_000
    if fraction < 0 {
      fraction += 1_000_000
      seconds -= 1
    }
    var days = seconds / 86_400
    var rest = seconds % 86_400
    if rest < 0 {
      rest += 86_400
      days -= 1
    }
    let (year, month, day) = Self.civil(days: days)
    // In one piece: each answer and most statements hold some.
    return String(unsafeUninitializedCapacity: 40) { buffer in
      var text = DigitWriter(buffer: buffer)
      text.put(year, width: 4)
      text.put(month, width: 2, after: "-")
      text.put(day, width: 2, after: "-")
      text.put(rest / 3600, width: 2, after: "T")
      text.put(rest / 60 % 60, width: 2, after: ":")
      text.put(rest % 60, width: 2, after: ":")
      if fraction > 0 {
        var width = 6
        while fraction % 10 == 0 {
          fraction /= 10
          width -= 1
        }
        text.put(fraction, width: width, after: ".")
      }
      text.put("Z")
      return text.count
    }
  }

  /// Reads RFC 3339 (`2026-11-21T01:25:08.25Z`, `…+05:30`) and PostgreSQL's own output (`2026-11-21 01:25:08.25+00`).
  ///
  /// Years 1 to 9999; digits past the microsecond are cut; nil for anything else.
  package init?(rfc3339 text: some StringProtocol) {
    var bytes = Scanner(bytes: Array(text.utf8))
    guard let year = bytes.number(4), bytes.skip("-"), let month = bytes.number(2), bytes.skip("-"),
      let day = bytes.number(2), bytes.skip("T") || bytes.skip("t") || bytes.skip(" "),
      let hour = bytes.number(2), bytes.skip(":"), let minute = bytes.number(2), bytes.skip(":"),
      let second = bytes.number(2), year >= 1, (1...12).contains(month), hour < 24, minute < 60, second < 60,
      day >= 1, day <= Self.daysIn(month: month, year: year), let fraction = bytes.fraction(),
      let offset = bytes.offset(), bytes.atEnd
    else { return nil }
    let days = Self.days(year: year, month: month, day: day)
    let time = (days * 86_400 + hour * 3600 + minute * 60 + second - offset) * 1_000_000 + fraction
    // The offset may lead out of the four-digit years, which RFC 3339 cannot write.
    guard (Self.firstMicrosecond...Self.lastMicrosecond).contains(time) else { return nil }
    self.microseconds = time
  }

  private static let firstMicrosecond: Int64 = -62_135_596_800_000_000
  private static let lastMicrosecond: Int64 = 253_402_300_799_999_999

  private static func daysIn(month: Int64, year: Int64) -> Int64 {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
    return month == 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  private static func civil(days: Int64) -> (Int64, Int64, Int64) {
    let z = days + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let m = (5 * dayOfYear + 2) / 153
    let month = m < 10 ? m + 3 : m - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * m + 2) / 5 + 1)
  }
}

private struct DigitWriter {
  let buffer: UnsafeMutableBufferPointer<UInt8>
  var count = 0

  mutating func put(_ character: Unicode.Scalar) {
    buffer[count] = UInt8(ascii: character)
    count += 1
  }

  /// With zeros in front of it where it has fewer digits.
  mutating func put(_ value: Int64, width: Int, after mark: Unicode.Scalar? = nil) {
    if let mark { put(mark) }
    if value < 0 { put("-") }
    var digits = 1
    var rest = value.magnitude
    while rest >= 10 {
      rest /= 10
      digits += 1
    }
    let end = count + max(digits, width)
    rest = value.magnitude
    var place = end
    while place > count {
      place -= 1
      buffer[place] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    }
    count = end
  }
}

private struct Scanner {
  let bytes: [UInt8]
  var index = 0

  var atEnd: Bool { index == bytes.count }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  mutating func number(_ width: Int) -> Int64? {
    guard index + width <= bytes.count else { return nil }
    var value: Int64 = 0
    for byte in bytes[index..<index + width] {
      guard (48...57).contains(byte) else { return nil }
      value = value * 10 + Int64(byte - 48)
    }
    index += width
    return value
  }

  mutating func fraction() -> Int64? {
    guard skip(".") else { return 0 }
    var value: Int64 = 0
    var digits = 0
    while index < bytes.count, (48...57).contains(bytes[index]) {
      if digits < 6 { value = value * 10 + Int64(bytes[index] - 48) }
      digits += 1
      index += 1
    }
    guard digits > 0 else { return nil }
    for _ in 0..<max(0, 6 - digits) { value *= 10 }
    return value
  }

  mutating func offset() -> Int64? {
    if skip("Z") || skip("z") { return 0 }
    let sign: Int64 = skip("+") ? 1 : skip("-") ? -1 : 0
    guard sign != 0, let hours = number(2), hours < 24 else { return nil }
    guard !atEnd else { return sign * hours * 3600 }
    guard skip(":"), let minutes = number(2), minutes < 60 else { return nil }
    return sign * (hours * 3600 + minutes * 60)
  }
}
