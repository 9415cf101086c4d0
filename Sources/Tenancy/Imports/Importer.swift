import Core
package import Operations
import Postgres

/// How the lines of one kind of file are checked and taken over; `Item` is read from a line as any input is.
package protocol Importer: Sendable {
  associatedtype Item: Decodable & Sendable
  var kind: ImportKind { get }
  var columns: [ImportColumn] { get }
  /// So many below the header.
  var maximumLines: Int { get }
  /// Notes what only the hospital's data and the other lines know to be wrong.
  func check(_ lines: [ImportedLine<Item>], _ notes: inout ImportNotes, _ call: inout WriteCall) async throws
  /// Writes all of them; called only when nothing is wrong.
  func insert(_ items: [Item], _ call: inout WriteCall) async throws
}

extension Importer {
  package var maximumLines: Int { 5000 }

  /// Reads and checks a file; takes it over when that is wanted and nothing is wrong.
  func take(_ text: String, writes: Bool, _ call: inout WriteCall) async throws -> ImportReport {
    let file = CSV(text, maximum: maximumLines + 1)
    if file.isTooLong {
      throw Failure.invalid("csv", "must have at most \(maximumLines) lines below the header", rule: "maxItems")
    }
    guard let header = file.records.first, file.flaws.allSatisfy({ $0.line > header.line }) else {
      throw Failure.invalid("csv", "must begin with a line of columns: \(columnNames)", rule: "columns")
    }
    let columns = try columns(named: header.fields)
    var notes = ImportNotes()
    for flaw in file.flaws { notes.add(line: flaw.line, column: nil, flaw.message, rule: "format") }
    let departments = try await call.transaction.departmentCodes(in: try call.hospital.id)
    let lines = file.records.dropFirst().compactMap { item(of: $0, columns, departments, &notes) }
    try await check(lines, &notes, &call)
    let count = file.records.count - 1 + file.flaws.count
    let report = ImportReport(
      kind: kind, lines: count, valid: count - notes.badLines.count, imported: 0, problems: notes.sorted)
    guard writes else { return report }
    guard report.problems.isEmpty else { throw report.refusal }
    guard !lines.isEmpty else { throw Failure.invalid("csv", "has no line below the header", rule: "minItems") }
    try await insert(lines.map(\.item), &call)
    return ImportReport(kind: kind, lines: count, valid: count, imported: lines.count, problems: [])
  }

  private var columnNames: String {
    columns.map { $0.isRequired ? "\($0.name) (required)" : $0.name }.joined(separator: ", ")
  }

  /// The columns in the file's order. The header is not repeated: it may be a line of data.
  private func columns(named names: [String]) throws(Failure) -> [ImportColumn] {
    var found: [ImportColumn] = []
    for (index, name) in names.enumerated() {
      let wanted = name.trimmed.lowercased()
      guard let column = columns.first(where: { $0.name.lowercased() == wanted }) else {
        throw .invalid("csv", "column \(index + 1) of the header is none of \(columnNames)", rule: "columns")
      }
      guard !found.contains(where: { $0.name == column.name }) else {
        throw .invalid("csv", "the header has \(column.name) twice", rule: "columns")
      }
      found.append(column)
    }
    if let missing = columns.first(where: { column in
      column.isRequired && !found.contains { $0.name == column.name }
    }) {
      throw .invalid("csv", "the header lacks \(missing.name)", rule: "columns")
    }
    return found
  }

  private func item(
    of record: CSV.Record, _ columns: [ImportColumn], _ departments: [String: DepartmentID],
    _ notes: inout ImportNotes
  ) -> ImportedLine<Item>? {
    guard record.fields.count == columns.count else {
      notes.add(
        line: record.line, column: nil,
        "has \(record.fields.count) fields and the header \(columns.count)", rule: "columns")
      return nil
    }
    var input = JSONValue.object([])
    var isGood = true
    for (column, cell) in zip(columns, record.fields) {
      do {
        guard let value = try column.value(of: cell, departments: departments) else { continue }
        input.set(value, at: column.path[...])
      } catch {
        notes.add(line: record.line, column: column.name, error.message, rule: error.rule)
        isGood = false
      }
    }
    do {
      let item = try InputDecoder.decode(Item.self, from: input)
      return isGood ? ImportedLine(line: record.line, item: item) : nil
    } catch {
      let known = notes.problems.filter { $0.line == record.line }.map(\.column)
      for field in error.details["fields"]?.items ?? [] {
        let path = field["path"]?.text ?? ""
        let name = self.columns.first { $0.path.joined(separator: ".") == path }?.name ?? path
        guard !known.contains(name) else { continue }
        notes.add(
          line: record.line, column: name, field["message"]?.text ?? "is not right",
          rule: field["rule"]?.text ?? "type")
      }
      return nil
    }
  }
}

extension JSONValue {
  /// Puts a value into objects within objects; where there is none yet one is made.
  fileprivate mutating func set(_ value: JSONValue, at path: ArraySlice<String>) {
    guard let key = path.first, case .object(var members) = self else { return }
    if path.count == 1 {
      members.append(.init(key, value))
    } else if let index = members.firstIndex(where: { $0.key == key }) {
      members[index].value.set(value, at: path.dropFirst())
    } else {
      var inner = JSONValue.object([])
      inner.set(value, at: path.dropFirst())
      members.append(.init(key, inner))
    }
    self = .object(members)
  }
}
