/// A primitive that is a text of bounded length, trimmed, in Unicode scalars.
package protocol TextPrimitive: Primitive, Hashable {
  static var lengths: ClosedRange<Int> { get }
  /// A valid text; the published example.
  static var sample: String { get }
  /// Extra rules; throws when the text breaks one, returns the normal form.
  static func normalise(_ text: String) throws(InvalidValue) -> String
  static var pattern: String? { get }
  static var format: String? { get }
  var text: String { get }
  init(unchecked text: String)
}

extension TextPrimitive {
  package static func normalise(_ text: String) throws(InvalidValue) -> String { text }
  package static var pattern: String? { nil }
  package static var format: String? { nil }
  package static var example: Self { Self(unchecked: sample) }
  package static var schema: JSONSchema {
    .string(format: format, minimum: lengths.lowerBound, maximum: lengths.upperBound, pattern: pattern, example: sample)
  }
  package var json: JSONValue { .string(text) }

  package init(json: JSONValue) throws(InvalidValue) {
    guard case .string(let raw) = json else {
      throw InvalidValue("must be a string, not \(json.kind)", rule: "type")
    }
    try self.init(raw)
  }

  package init(_ raw: String) throws(InvalidValue) {
    let text = raw.trimmed
    let count = text.unicodeScalars.count
    guard count >= Self.lengths.lowerBound else {
      throw count == 0
        ? InvalidValue("must not be empty", rule: "minLength")
        : InvalidValue("must have at least \(Self.lengths.lowerBound) characters", rule: "minLength")
    }
    guard count <= Self.lengths.upperBound else {
      throw InvalidValue("must have at most \(Self.lengths.upperBound) characters", rule: "maxLength")
    }
    guard !text.unicodeScalars.contains(where: \.isForbidden) else {
      throw InvalidValue("must not contain control characters", rule: "characters")
    }
    self.init(unchecked: try Self.normalise(text))
  }
}

extension Unicode.Scalar {
  /// Control characters other than tab and line breaks, and the ones that turn the direction of text around.
  fileprivate var isForbidden: Bool {
    switch value {
    case 0x09, 0x0A, 0x0D: false
    case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}

extension String {
  /// Without white space at both ends.
  package var trimmed: String {
    var rest = unicodeScalars[...]
    while let first = rest.first, first.properties.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.properties.isWhitespace { rest.removeLast() }
    return String(rest)
  }
}

/// A primitive that is one word of a closed list.
package protocol ChoicePrimitive: Primitive, CaseIterable, RawRepresentable, Hashable where RawValue == String {}

extension ChoicePrimitive {
  package static var schema: JSONSchema { .choice(allCases.map(\.rawValue)) }
  package static var example: Self {
    guard let first = allCases.first else { preconditionFailure("a choice without cases") }
    return first
  }
  package var json: JSONValue { .string(rawValue) }
  /// As its word; named here, since an enumeration would else be written by the names of its cases.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
  package init(from decoder: any Decoder) throws {
    try self.init(json: .string(try decoder.singleValueContainer().decode(String.self)))
  }
  package init(json: JSONValue) throws(InvalidValue) {
    guard case .string(let word) = json else {
      throw InvalidValue("must be a string, not \(json.kind)", rule: "type")
    }
    guard let value = Self(rawValue: word) else {
      throw InvalidValue("must be one of \(Self.allCases.map(\.rawValue).joined(separator: ", "))", rule: "enum")
    }
    self = value
  }
}

/// A primitive that is a whole number within bounds.
package protocol IntegerPrimitive: Primitive, Hashable {
  static var range: ClosedRange<Int64> { get }
  var value: Int64 { get }
  init(unchecked value: Int64)
}

extension IntegerPrimitive {
  package static var schema: JSONSchema { .integer(range) }
  package static var example: Self { Self(unchecked: range.lowerBound) }
  package var json: JSONValue { .integer(value) }
  package init(json: JSONValue) throws(InvalidValue) {
    guard case .integer(let number) = json else {
      throw InvalidValue("must be a whole number, not \(json.kind)", rule: "type")
    }
    guard Self.range.contains(number) else {
      throw InvalidValue("must be between \(Self.range.lowerBound) and \(Self.range.upperBound)", rule: "range")
    }
    self.init(unchecked: number)
  }
}
