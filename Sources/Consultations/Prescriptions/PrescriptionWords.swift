package import Core
import Patients

/// How long a drug is taken: a number of days, weeks or months, such as `5 days`.
package struct TreatmentTime: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 5...10 }
  package static var sample: String { "5 days" }
  package static var pattern: String? { "^[1-9][0-9]{0,2} (day|week|month)s?$" }

  private static let units: [Substring: Int64] = [
    "day": 1, "days": 1, "week": 7, "weeks": 7, "month": 30, "months": 30,
  ]

  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    guard days(of: text) != nil else { throw InvalidValue("must be a time such as 5 days or 2 weeks", rule: "pattern") }
    return text
  }

  var days: Int64 { Self.days(of: text) ?? 0 }

  private static func days(of text: String) -> Int64? {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 2, let first = parts[0].utf8.first, first != UInt8(ascii: "0"), parts[0].utf8.count <= 3,
      parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int64(parts[0]), let unit = units[parts[1]]
    else { return nil }
    return number * unit
  }
}

/// One drug of a prescription.
package struct PrescribedDrug: RecordPart {
  package let name: NameText
  package let dosage: NameText
  package let frequency: NameText
  package let duration: TreatmentTime
  package let instructions: ShortText?

  package var json: JSONValue {
    .of([
      ("name", name.json), ("dosage", dosage.json), ("frequency", frequency.json), ("duration", duration.json),
      ("instructions", instructions?.json),
    ])
  }
}

/// The code by which a prescription is told from a forged one: 100 random bits in Crockford's letters, in groups of five.
package struct PrescriptionCode: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 20...23 }
  package static var sample: String { "7KQ2M-9TZ4D-0HXVB-3RWNE" }

  private static let letters = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    let plain = text.uppercased().filter { $0 != "-" }
    let isCode = plain.count == 20 && plain.allSatisfy(letters.contains)
    guard isCode else { throw InvalidValue("must be the code of a prescription such as \(sample)", rule: "format") }
    return grouped(plain)
  }

  static func random() -> PrescriptionCode {
    var generator = SystemRandomNumberGenerator()
    let plain = (0..<20).map { _ in letters[Int.random(in: 0..<32, using: &generator)] }
    return PrescriptionCode(unchecked: grouped(String(plain)))
  }

  private static func grouped(_ plain: String) -> String {
    let letters = Array(plain)
    return stride(from: 0, to: letters.count, by: 5).map { String(letters[$0..<min($0 + 5, letters.count)]) }
      .joined(separator: "-")
  }
}
