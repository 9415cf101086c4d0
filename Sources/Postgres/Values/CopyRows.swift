/// Rows for `COPY … FROM STDIN`, collected in its text form.
package struct CopyRows: Sendable {
  private(set) var bytes: [UInt8] = []
  private(set) var isValid = true
  package private(set) var count = 0
  private var scratch: [UInt8] = []

  package init() {}

  /// Adds one row, its values in the order of the columns.
  package mutating func append<each Value: PostgresEncodable>(_ value: repeat each Value) {
    var isFirst = true
    for value in repeat each value {
      if !isFirst { bytes.append(UInt8(ascii: "\t")) }
      isFirst = false
      append(cell: value)
    }
    bytes.append(UInt8(ascii: "\n"))
    count += 1
  }

  private mutating func append(cell value: some PostgresEncodable) {
    scratch.removeAll(keepingCapacity: true)
    guard value.encode(into: &scratch) else {
      bytes.append(contentsOf: "\\N".utf8)
      return
    }
    for byte in scratch {
      switch byte {
      case 0: isValid = false
      case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
      case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
      case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
      case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
      default: bytes.append(byte)
      }
    }
  }
}

extension PostgresPool {
  /// Puts many rows into a table in one go and a transaction of its own; returns how many.
  ///
  /// PostgreSQL refuses COPY into a table whose row-level security binds the role; there, insert from
  /// `unnest($1::uuid[], …)` instead. `table` may be qualified, `events` or `ward.events`.
  package func copy(_ rows: CopyRows, into table: String, columns: [String]) async throws -> Int {
    guard rows.isValid else { throw PostgresError.nulCharacter }
    let name = table.split(separator: ".").map { SQL.quoted(identifier: String($0)) }.joined(separator: ".")
    let list = columns.map(SQL.quoted(identifier:)).joined(separator: ", ")
    let connection = try await lease()
    do {
      let count = try await connection.copy("COPY \(name) (\(list)) FROM STDIN", rows.bytes)
      giveBack(connection, isClean: await connection.isClean)
      return count
    } catch {
      giveBack(connection, isClean: await connection.isClean)
      throw error
    }
  }
}
