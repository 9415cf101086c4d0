package import Core

/// A channel that rings in somebody's pocket, as people choose it.
package enum PocketChannel: String, ChoicePrimitive { case push, sms, whatsapp }

/// A channel on which a patient is written to.
package enum PatientChannel: String, ChoicePrimitive { case push, email, sms, whatsapp }

/// Two letters of ISO 639-1, such as `de`.
package struct Language: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 2...2 }
  package static var sample: String { "en" }
  package static var pattern: String? { "^[a-z]{2}$" }
  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    guard text.utf8.allSatisfy({ (97...122).contains($0) }) else {
      throw InvalidValue("must be two small letters, such as en", rule: "pattern")
    }
    return text
  }
}

/// A time of the day by the hospital's clocks: `22:00`.
package struct ClockText: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 5...5 }
  package static var sample: String { "22:00" }
  package static var pattern: String? { "^([01][0-9]|2[0-3]):[0-5][0-9]$" }
  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
    else { throw InvalidValue("must be a time of the day such as 22:00", rule: "pattern") }
    return text
  }
}

extension Sequence where Element: Hashable {
  /// Each once, where it stands first.
  func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
