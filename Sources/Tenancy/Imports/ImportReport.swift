package import Core
package import NIOCore
import Operations

/// What a check or an import found: how many lines there are, how many are right, and every one that is not.
package struct ImportReport: Answer {
  let kind: ImportKind
  let lines: Int
  let valid: Int
  let imported: Int
  let problems: [LineProblem]

  package static let schema = JSONSchema.object([
    .init("kind", ImportKind.schema), .init("lines", .integer(0...Int64.max)),
    .init("valid", .integer(0...Int64.max)), .init("imported", .integer(0...Int64.max)),
    .init("problems", .array(LineProblem.schema)),
  ])

  package func write(into buffer: inout ByteBuffer) {
    buffer.writeJSON([
      "kind": .string(kind.rawValue), "lines": .integer(Int64(lines)), "valid": .integer(Int64(valid)),
      "imported": .integer(Int64(imported)), "problems": .array(problems.map(\.json)),
    ])
  }

  /// Every bad line in `problems`, and the first of them as other bad inputs are told.
  var refusal: Failure {
    let fields = problems.prefix(200).map { problem in
      FieldProblem(
        path: "csv", message: "line \(problem.line)\(problem.column.map { ", \($0)" } ?? ""): \(problem.message)",
        rule: problem.rule)
    }
    var failure = Failure.invalid(fields)
    failure.message = "\(lines - valid) of \(lines) lines are not right. Nothing was imported."
    failure.details["problems"] = .array(problems.map(\.json))
    return failure
  }
}
