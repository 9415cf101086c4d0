/// A person's e-mail address: one `@`, ASCII, at most 254 characters (RFC 5321), lower-cased.
package struct EmailAddress: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 3...254 }
  package static var sample: String { "nurse@demo.ward" }
  package static var format: String? { "email" }

  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    let text = text.lowercased()
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    // The characters of a dot-atom (RFC 5322, 3.2.3): no quotes or brackets, which mail servers read as their own.
    let allowed = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\"(),:;<>[\\]".utf8.contains($0) }
    guard parts.count == 2, allowed, !parts[0].isEmpty, parts[1].contains("."),
      !parts[1].split(separator: ".", omittingEmptySubsequences: false).contains("")
    else { throw InvalidValue("must be an e-mail address", rule: "format") }
    return text
  }
}

/// A password as it was typed: 1 to 1,000 characters, never trimmed, never shown.
package struct PasswordText: Primitive, CustomStringConvertible {
  package let text: String
  package static var schema: JSONSchema { .string(format: "password", minimum: 1, maximum: 1000) }
  package static var example: PasswordText { PasswordText(text: "correct horse battery staple") }
  package var json: JSONValue { .string(description) }
  package var description: String { "•••" }

  package init(text: String) { self.text = text }

  package init(json: JSONValue) throws(InvalidValue) {
    guard case .string(let text) = json else { throw InvalidValue("must be a string, not \(json.kind)", rule: "type") }
    guard !text.isEmpty else { throw InvalidValue("must not be empty", rule: "minLength") }
    guard text.unicodeScalars.count <= 1000 else {
      throw InvalidValue("must have at most 1000 characters", rule: "maxLength")
    }
    self.text = text
  }
}

/// A password that is being chosen: 12 to 128 characters (NIST SP 800-63B asks for length, not for kinds of
/// characters), never trimmed, never shown.
package struct NewPassword: Primitive, CustomStringConvertible {
  package let text: String
  package static var schema: JSONSchema { .string(format: "password", minimum: 12, maximum: 128) }
  package static var example: NewPassword { NewPassword(text: "correct horse battery staple") }
  package var json: JSONValue { .string(description) }
  package var description: String { "•••" }

  private init(text: String) { self.text = text }

  package init(json: JSONValue) throws(InvalidValue) {
    guard case .string(let text) = json else { throw InvalidValue("must be a string, not \(json.kind)", rule: "type") }
    let count = text.unicodeScalars.count
    guard count >= 12 else { throw InvalidValue("must have at least 12 characters", rule: "minLength") }
    guard count <= 128 else { throw InvalidValue("must have at most 128 characters", rule: "maxLength") }
    self.text = text
  }
}

/// A consent that has to be given: nothing but `true`.
package struct Accepted: Primitive {
  package static var schema: JSONSchema { JSONSchema(["type": "boolean", "const": true]) }
  package static var example: Accepted { Accepted() }
  package var json: JSONValue { true }

  private init() {}

  package init(json: JSONValue) throws(InvalidValue) {
    guard case .bool(let flag) = json else { throw InvalidValue("must be true or false", rule: "type") }
    guard flag else { throw InvalidValue("must be true", rule: "const") }
  }
}

/// How many rows a list gives: 1 to 100, 20 when not said.
package struct PageLimit: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 1...100 }
  package static var standard: PageLimit { PageLimit(unchecked: 20) }
}

/// How many rows a list leaves out before the first: 0 to 1,000,000.
package struct PageOffset: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 0...1_000_000 }
}

/// The number of a page, from 1.
package struct PageNumber: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 1...1_000_000 }
}

/// A short free text: 1 to 500 characters.
package struct ShortText: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...500 }
  package static var sample: String { "On my way." }
}

/// A name of a person, a unit or a thing: 1 to 100 characters.
package struct NameText: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...100 }
  package static var sample: String { "Nurses' station, east" }
}
