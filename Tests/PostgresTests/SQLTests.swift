import Core
import FoundationEssentials
import TestSupport
import Testing

@testable import Postgres

@Suite struct SQLTests {
  @Test("a value in a statement becomes a placeholder, never text")
  func placeholder() {
    let name = "'; DROP TABLE people; --"
    let sql: SQL = "SELECT * FROM people WHERE name = \(name) AND age > \(18)"
    #expect(sql.text == "SELECT * FROM people WHERE name = $1 AND age > $2")
    #expect(sql.binds.count == 2)
    #expect("\(sql)" == sql.text)
    #expect(!String(reflecting: sql).contains("DROP"))
  }

  @Test("a spliced part keeps its values under new numbers")
  func splice() {
    let part: SQL = "a = \(1) AND b = \("$1")"
    let sql: SQL = "SELECT \(0) WHERE \(sql: part) OR \(sql: part) LIMIT \(9)"
    #expect(sql.text == "SELECT $1 WHERE a = $2 AND b = $3 OR a = $4 AND b = $5 LIMIT $6")
    #expect(sql.binds.count == 6)
    let outer: SQL = "\(sql: sql) OFFSET \(3)"
    #expect(outer.text.hasSuffix("LIMIT $6 OFFSET $7"))
  }

  @Test("spliced values reach the server in the right places")
  func spliceValues() async throws {
    try await TestDatabase.withPool { pool async throws in
      let inner: SQL = "\("b")::text || \("c")"
      let sql: SQL = "SELECT \("a")::text || \(sql: inner) || \("d") || '$1' AS word"
      let rows = try await pool.run(sql)
      #expect(try rows[0].decode("word", as: String.self) == "abcd$1")
    }
  }

  @Test("names are quoted, parts are joined")
  func identifiers() {
    let sql: SQL = "LISTEN \(identifier: "a\"b\0c")"
    #expect(sql.text == "LISTEN \"a\"\"bc\"")
    let joined = SQL.joined([1, 2, 3].map { "(\($0))" }, by: ", ")
    #expect(joined.text == "($1), ($2), ($3)")
    #expect(SQL.joined([], by: ", ").text.isEmpty)
  }

  @Test("parts spliced into one another at random keep every value in its place")
  func randomSplices() async throws {
    var number = 0
    var expected: [Int] = []
    func grow(_ depth: Int) -> SQL {
      var parts: [SQL] = []
      for _ in 0..<Int.random(in: 1...3) {
        if depth > 0, Bool.random() {
          let inner = grow(depth - 1)
          parts.append("\(sql: inner)")
        } else {
          number += 1
          expected.append(number)
          parts.append("\(number)::int")
        }
      }
      return .joined(parts, by: ", ")
    }
    try await TestDatabase.withPool(configure: { $0.maximum = 2 }) { pool async throws in
      for _ in 0..<40 {
        (number, expected) = (0, [])
        let list = grow(4)
        let rows = try await pool.run("SELECT ARRAY[\(sql: list)] AS numbers")
        #expect(try rows[0].decode("numbers", as: [Int].self) == expected)
      }
    }
  }
}
