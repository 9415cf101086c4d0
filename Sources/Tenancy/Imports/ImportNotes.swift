import Core

/// What is wrong with a line of a file. Nothing that stands in the file is repeated, since that may be a patient's.
struct LineProblem: Sendable {
  let line: Int
  let column: String?
  let message: String
  let rule: String

  var json: JSONValue {
    [
      "line": .integer(Int64(line)), "column": column.map { .string($0) } ?? .null, "message": .string(message),
      "rule": .string(rule),
    ]
  }

  static let schema = JSONSchema.object([
    .init("line", .integer(1...Int64.max)), .init("column", JSONSchema.string().nullable),
    .init("message", .string()), .init("rule", .string()),
  ])
}

/// Gathers every bad line of a file.
package struct ImportNotes: Sendable {
  private(set) var problems: [LineProblem] = []
  private(set) var badLines: Set<Int> = []

  package mutating func add(line: Int, column: String?, _ message: String, rule: String) {
    problems.append(LineProblem(line: line, column: column, message: message, rule: rule))
    badLines.insert(line)
  }

  /// Notes each line whose key an earlier line has as well; lines without a key are passed over.
  package mutating func noteRepeated<Item>(
    _ lines: [ImportedLine<Item>], column: String, key: (Item) -> String?
  ) {
    var first: [String: Int] = [:]
    for each in lines {
      guard let key = key(each.item) else { continue }
      if let earlier = first[key] {
        add(line: each.line, column: column, "is the same as in line \(earlier)", rule: "unique")
      } else {
        first[key] = each.line
      }
    }
  }

  /// In the order of lines.
  var sorted: [LineProblem] {
    problems.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }.map(\.element)
  }
}

/// A line that by itself is right.
package struct ImportedLine<Item: Sendable>: Sendable {
  package let line: Int
  package let item: Item
}
