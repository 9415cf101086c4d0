package import Core

/// What a clinician writes: 1 to 10,000 characters.
package struct ClinicalNote: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...10_000 }
  package static var sample: String { "Cough for two weeks, no fever. Lungs are clear." }
}

/// A code of a catalogue, such as ICD-10 or LOINC: 1 to 20 letters, digits, dots and hyphens.
package struct ClinicalCode: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...20 }
  package static var sample: String { "J20.9" }
  package static var pattern: String? { "^[A-Za-z0-9][A-Za-z0-9.-]*$" }
  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    let isCode = text.utf8.enumerated().allSatisfy { index, byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || index > 0 && ".-".utf8.contains(byte)
    }
    guard isCode else { throw InvalidValue("must be letters, digits, dots and hyphens such as J20.9", rule: "pattern") }
    return text.uppercased()
  }
}

/// A unit of measurement: 1 to 20 characters.
package struct UnitText: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...20 }
  package static var sample: String { "mmol/l" }
}

extension FieldProblem {
  /// What lies more than a day ahead has not happened.
  static func future(_ path: String, _ time: Timestamp, _ now: Timestamp) -> [FieldProblem] {
    guard time > now.adding(seconds: 86_400) else { return [] }
    return [FieldProblem(path: path, message: "must not lie in the future", rule: "past")]
  }
}
