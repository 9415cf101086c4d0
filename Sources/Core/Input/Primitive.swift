/// A value that validates itself when it is read from JSON and knows its own schema.
///
/// Inputs are plain `Decodable` structs of primitives; nothing about a field is declared twice.
package protocol Primitive: Codable, Sendable {
  /// The schema that is published and that `init(json:)` enforces.
  static var schema: JSONSchema { get }
  /// Any valid value; stands in for a rejected one, so that reading goes on and finds the other bad fields.
  static var example: Self { get }
  /// Reads and validates.
  init(json: JSONValue) throws(InvalidValue)
  var json: JSONValue { get }
}

/// Why a value was refused: a sentence for people and a rule's name for programs.
package struct InvalidValue: Error, Sendable, Equatable {
  package let message: String
  package let rule: String

  package init(_ message: String, rule: String) {
    self.message = message
    self.rule = rule
  }
}

/// One bad field of an input: `details.fields[]` of a validation error.
package struct FieldProblem: Sendable, Equatable {
  package let path: String
  package let message: String
  package let rule: String

  package init(path: String, message: String, rule: String) {
    self.path = path
    self.message = message
    self.rule = rule
  }

  package var json: JSONValue { ["path": .string(path), "message": .string(message), "rule": .string(rule)] }
}

extension Primitive {
  // The plain Codable form, for values that Ward itself wrote.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let json: JSONValue
    if let number = try? container.decode(Int64.self) {
      json = .integer(number)
    } else if let flag = try? container.decode(Bool.self) {
      json = .bool(flag)
    } else {
      json = .string(try container.decode(String.self))
    }
    try self.init(json: json)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch json {
    case .string(let text): try container.encode(text)
    case .integer(let number): try container.encode(number)
    case .number(let number): try container.encode(number)
    case .bool(let flag): try container.encode(flag)
    default: try container.encodeNil()
    }
  }
}

extension Bool: Primitive {
  package static var schema: JSONSchema { .boolean }
  package static var example: Bool { false }
  package var json: JSONValue { .bool(self) }
  package init(json: JSONValue) throws(InvalidValue) {
    guard case .bool(let flag) = json else { throw InvalidValue("must be true or false", rule: "type") }
    self = flag
  }
}

extension Timestamp: Primitive {
  package static var schema: JSONSchema { .string(format: "date-time") }
  package static var example: Timestamp { Timestamp(microseconds: 0) }
  package var json: JSONValue { .string(rfc3339) }
  package init(json: JSONValue) throws(InvalidValue) {
    guard case .string(let text) = json else { throw InvalidValue("must be a string", rule: "type") }
    guard text.utf8.count <= 40, let time = Timestamp(rfc3339: text) else {
      throw InvalidValue("must be a time after RFC 3339, such as 2026-11-21T09:30:00Z", rule: "format")
    }
    guard time >= Self.earliest else { throw InvalidValue("must not lie before 1900", rule: "range") }
    self = time
  }

  /// 1900-01-01T00:00:00Z: nobody asks for an earlier time, and what is reckoned from a given one stays in the calendar.
  private static var earliest: Timestamp { Timestamp(microseconds: -2_208_988_800_000_000) }
}

extension Array: Primitive where Element: Primitive {
  package static var schema: JSONSchema { .array(Element.schema, maximum: 100) }
  package static var example: [Element] { [] }
  package var json: JSONValue { .array(map(\.json)) }
  package init(json: JSONValue) throws(InvalidValue) {
    guard case .array(let items) = json else { throw InvalidValue("must be an array", rule: "type") }
    guard items.count <= 100 else { throw InvalidValue("must have at most 100 items", rule: "maxItems") }
    var read: [Element] = []
    for (index, item) in items.enumerated() {
      do { read.append(try Element(json: item)) } catch {
        throw InvalidValue("item \(index + 1) \(error.message)", rule: error.rule)
      }
    }
    self = read
  }
}
