package import Core

/// A patient's whole name: 1 to 255 characters.
package struct PatientName: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...255 }
  package static var sample: String { "Maria Muster" }
}

/// A record number: 1 to 20 letters, digits and `- / .`; the same whether written in capitals or not.
package struct RecordNumber: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...20 }
  package static var sample: String { "WARD-2026-00042" }
  package static var pattern: String? { "^[A-Za-z0-9][A-Za-z0-9./-]*$" }
  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    let isNumber = text.unicodeScalars.enumerated().allSatisfy { index, scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        || index > 0 && "./-".unicodeScalars.contains(scalar)
    }
    guard isNumber else {
      throw InvalidValue("must be letters, digits and - / . such as WARD-2026-00042", rule: "pattern")
    }
    return text.uppercased()
  }
}

/// A day of the calendar: `1980-03-31`.
package struct CalendarDay: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 10...10 }
  package static var sample: String { "1980-03-31" }
  package static var format: String? { "date" }
  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    guard Timestamp(rfc3339: text + "T00:00:00Z") != nil else {
      throw InvalidValue("must be a day such as 1980-03-31", rule: "format")
    }
    return text
  }

  /// Whether somebody born on this day is 0 to 150 years old; a day of grace for those who are ahead of UTC.
  func isBirthday(at now: Timestamp) -> Bool {
    guard let birth = Timestamp(rfc3339: text + "T00:00:00Z") else { return false }
    let days = now.seconds(since: birth) / 86_400
    return days >= -1 && days < 150 * 365.25
  }
}

package enum Gender: String, ChoicePrimitive { case male, female, other, unknown }

package enum BloodType: String, ChoicePrimitive {
  case aPositive = "A+"
  case aNegative = "A-"
  case bPositive = "B+"
  case bNegative = "B-"
  case abPositive = "AB+"
  case abNegative = "AB-"
  case zeroPositive = "O+"
  case zeroNegative = "O-"
}

/// A room or bed as its door says it: 1 to 10 characters.
package struct BedWord: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...10 }
  package static var sample: String { "4B" }
}

/// A clinical note: 1 to 2,000 characters.
package struct ClinicalText: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...2000 }
  package static var sample: String { "Feels better, walks with help." }
}

/// A number of an authority or insurer: 1 to 50 characters.
package struct NationalNumber: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...50 }
  package static var sample: String { "A123456780" }
}

/// What is searched for: words of a name, a record number, a day of birth; 2 to 200 characters.
package struct SearchText: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 2...200 }
  package static var sample: String { "muster maria" }
}

/// The version of a record that an edit was made from.
package struct RecordVersion: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 1...2_000_000_000 }
}

package enum PatientStatus: String, ChoicePrimitive { case active, discharged }
