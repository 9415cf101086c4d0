import CLibpq
import Glibc

/// The rows that one statement returned, in libpq's own memory until the last reference is gone.
package final class Rows: Sendable, RandomAccessCollection {
  /// Never written after the result has arrived, so any thread may read it.
  nonisolated(unsafe) let result: OpaquePointer
  package let count: Int
  let columnCount: Int32

  init(taking result: OpaquePointer) {
    self.result = result
    count = Int(PQntuples(result))
    columnCount = PQnfields(result)
  }

  deinit { PQclear(result) }

  package var startIndex: Int { 0 }
  package var endIndex: Int { count }
  package subscript(position: Int) -> Row { Row(rows: self, index: position) }

  /// Rows that the statement inserted, changed, deleted or selected; 0 for statements that count none.
  package var affected: Int {
    guard let text = PQcmdTuples(result) else { return 0 }
    return Int(String(cString: text)) ?? 0
  }

  /// The command that was executed, such as `INSERT 0 1`.
  package var command: String { PQcmdStatus(result).map { String(cString: $0) } ?? "" }

  package var columns: [String] {
    (0..<columnCount).map { column in PQfname(result, column).map { String(cString: $0) } ?? "" }
  }

  /// The first column with exactly this name.
  func column(_ name: String) -> Int32? {
    name.withCString { wanted in
      for column in 0..<columnCount {
        if let found = PQfname(result, column), strcmp(found, wanted) == 0 { return column }
      }
      return nil
    }
  }
}

/// One row of `Rows`.
package struct Row: Sendable {
  package let rows: Rows
  let index: Int

  /// The named column as `T`; throws `undecodable` when there is no such column, or NULL or another type stands in it.
  package func decode<T: PostgresDecodable>(_ name: String, as type: T.Type = T.self) throws(PostgresError) -> T {
    guard let column = rows.column(name) else { throw .undecodable(column: name, type: "\(T.self)") }
    return try decode(column: column, name: name)
  }

  /// The column at a position, counted from 0.
  package func decode<T: PostgresDecodable>(_ column: Int, as type: T.Type = T.self) throws(PostgresError) -> T {
    guard let place = Int32(exactly: column) else { throw .undecodable(column: "\(column)", type: "\(T.self)") }
    return try decode(column: place, name: nil)
  }

  /// The named column as the type that is wanted: `let id: UUID = try row["id"]`.
  package subscript<T: PostgresDecodable>(_ name: String) -> T {
    get throws(PostgresError) { try decode(name) }
  }

  package func isNull(_ name: String) -> Bool {
    rows.column(name).map { PQgetisnull(rows.result, Int32(truncatingIfNeeded: index), $0) == 1 } ?? true
  }

  private func decode<T: PostgresDecodable>(column: Int32, name: String?) throws(PostgresError) -> T {
    let number = Int32(truncatingIfNeeded: index)
    guard index >= 0, index < rows.count, column >= 0, column < rows.columnCount,
      let value = PQgetvalue(rows.result, number, column)
    else { throw .undecodable(column: name ?? "\(column)", type: "\(T.self)") }
    do {
      if PQgetisnull(rows.result, number, column) == 1 { return try T.null() }
      let length = Int(PQgetlength(rows.result, number, column))
      return try withExtendedLifetime(rows) {
        try value.withMemoryRebound(to: UInt8.self, capacity: length) {
          try T(postgres: UnsafeBufferPointer(start: $0, count: length).span)
        }
      }
    } catch {
      let found = PQfname(rows.result, column).map { String(cString: $0) } ?? "\(column)"
      throw .undecodable(column: found, type: "\(T.self)")
    }
  }
}
