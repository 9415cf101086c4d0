package import Core

package enum TemplateEntity {}
package typealias TemplateID = Identifier<TemplateEntity>

/// A sign of 1 to 10 characters.
package struct IconText: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...10 }
  package static var sample: String { "🚑" }
}

/// A colour as `#RRGGBB`.
package struct ColorText: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 7...7 }
  package static var sample: String { "#D0021B" }
  package static var pattern: String? { "^#[0-9A-Fa-f]{6}$" }
  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    let digits = text.utf8.dropFirst()
    let isHex = digits.allSatisfy { (48...57).contains($0) || (65...70).contains($0) || (97...102).contains($0) }
    guard text.utf8.first == UInt8(ascii: "#"), isHex else {
      throw InvalidValue("must be a colour such as #D0021B", rule: "pattern")
    }
    return text.uppercased()
  }
}
