package import Core

/// What a file brings.
package enum ImportKind: String, ChoicePrimitive { case staff, rooms, patients, appointments }

/// A file of comma-separated values: up to a million characters, as many as a body holds.
package struct CSVText: Primitive {
  package let text: String

  package static var schema: JSONSchema {
    .string(minimum: 1, maximum: 1_000_000, example: "number,department,beds\nA-101,ER,2\n")
  }
  package static var example: CSVText { CSVText(text: "number\n") }
  package var json: JSONValue { .string(text) }

  private init(text: String) { self.text = text }

  package init(json: JSONValue) throws(InvalidValue) {
    guard case .string(let text) = json else { throw InvalidValue("must be a string, not \(json.kind)", rule: "type") }
    guard !text.isEmpty else { throw InvalidValue("must not be empty", rule: "minLength") }
    guard text.unicodeScalars.count <= 1_000_000 else {
      throw InvalidValue("must have at most 1000000 characters", rule: "maxLength")
    }
    self.text = text
  }
}

/// A column of a file: what it is called, and where its value stands in the input that a line becomes.
package struct ImportColumn: Sendable {
  package enum Content: Sendable {
    case text, number
    /// `yes` or `no`, `true` or `false`, `1` or `0`.
    case flag
    /// Several texts with semicolons between them.
    case list
    /// The code of a department, such as `ER`.
    case department
  }

  package let name: String
  let path: [String]
  let content: Content
  let isRequired: Bool

  package init(_ name: String, _ content: Content = .text, at path: String? = nil, required: Bool = false) {
    self.name = name
    self.content = content
    self.path = (path ?? name).split(separator: ".").map(String.init)
    isRequired = required
  }

  /// The value of a cell; nil for an empty one. Throws what is wrong with it.
  func value(of cell: String, departments: [String: DepartmentID]) throws(InvalidValue) -> JSONValue? {
    let text = cell.trimmed
    guard !text.isEmpty else { return nil }
    switch content {
    case .text: return .string(text)
    case .number: return Int64(text).map { .integer($0) } ?? .string(text)
    case .flag:
      switch text.lowercased() {
      case "yes", "true", "1": return true
      case "no", "false", "0": return false
      default: throw InvalidValue("must be yes or no", rule: "type")
      }
    case .list:
      return .array(text.split(separator: ";").map { String($0).trimmed }.filter { !$0.isEmpty }.map { .string($0) })
    case .department:
      guard let id = departments[text.uppercased()] else {
        throw InvalidValue("is no code of a department of this hospital", rule: "exists")
      }
      return .string(id.text)
    }
  }
}
