/// A telephone number in E.164: `+`, a country, 7 to 15 digits; what people write between the digits is left out, and
/// `00` before the country counts as `+`.
package struct InternationalNumber: TextPrimitive, CustomStringConvertible {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 8...30 }
  package static var sample: String { "+493012345678" }
  package static var pattern: String? { "^(\\+|00)[1-9][0-9 ()/.-]{5,27}$" }
  package var description: String { masked }

  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    guard let number = PhoneText.international(text) else {
      throw InvalidValue("must be a number with its country, such as +49 30 12345678", rule: "pattern")
    }
    return number
  }

  /// Enough to know one's own number by, and no more: `+49 ••• 78`.
  package var masked: String { "\(text.prefix(3)) ••• \(text.suffix(2))" }
}

package enum PhoneText {
  /// The number as the world dials it; nil for one without its country.
  package static func international(_ text: String) -> String? {
    var digits = text.filter { !" ()/.-".contains($0) }
    if digits.hasPrefix("00") { digits = "+" + digits.dropFirst(2) }
    let rest = digits.utf8.dropFirst()
    guard digits.hasPrefix("+"), (7...15).contains(rest.count), rest.first != UInt8(ascii: "0"),
      rest.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return digits
  }
}
