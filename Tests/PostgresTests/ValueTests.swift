import Core
import FoundationEssentials
import NIOCore
import TestSupport
import Testing

@testable import Postgres

enum Colour: String, PostgresEncodable, PostgresDecodable, Equatable {
  case red, green
}

@Suite struct ValueTests {
  private func roundTrip<T: PostgresEncodable & PostgresDecodable & Equatable>(
    _ value: T, _ type: StaticString, _ pool: PostgresPool
  ) async throws {
    let rows = try await pool.run("SELECT \(value)::\(raw: type) AS value")
    #expect(try rows[0].decode("value", as: T.self) == value)
  }

  @Test("275: a UUID comes back as it was sent, and text that is no UUID does not pass for one")
  func uuids() async throws {
    try await TestDatabase.withPool { pool async throws in
      for _ in 0..<20 { try await roundTrip(UUID(), "uuid", pool) }
      let id = AlertID.new(at: Timestamp(microseconds: 1_795_224_308_250_000))
      try await roundTrip(id, "uuid", pool)
      try await roundTrip([UUID(), UUID()], "uuid[]", pool)
      let rows = try await pool.run("SELECT 'zz0e8400-e29b-41d4-a716-446655440000' AS bad, NULL::uuid AS none")
      #expect(throws: PostgresError.undecodable(column: "bad", type: "UUID")) {
        try rows[0].decode("bad", as: UUID.self)
      }
      #expect(try rows[0].decode("none", as: UUID?.self) == nil)
      await #expect { try await pool.run("SELECT \("no uuid")::uuid") } throws: {
        ($0 as? PostgresError)?.sqlState == "22P02" && !"\($0)".contains("no uuid")
      }
    }
  }

  @Test("every kind of value survives the way to the server and back")
  func values() async throws {
    try await TestDatabase.withPool { pool async throws in
      try await roundTrip("", "text", pool)
      try await roundTrip("Grüße 🏥 \"quoted\" \\ ' {} , NULL", "text", pool)
      for flag in [true, false] { try await roundTrip(flag, "boolean", pool) }
      for number in [0, -1, Int.max, Int.min] { try await roundTrip(number, "bigint", pool) }
      for number in [Int16.max, Int16.min] { try await roundTrip(number, "smallint", pool) }
      for number in [Int32.max, Int32.min] { try await roundTrip(number, "integer", pool) }
      for number in [0.1, -1e300, 2.5e-308, .infinity, -.infinity] { try await roundTrip(number, "float8", pool) }
      try await roundTrip(Timestamp(microseconds: 1_795_224_308_250_001), "timestamptz", pool)
      try await roundTrip(Timestamp(microseconds: -1), "timestamptz", pool)
      try await roundTrip([UInt8](0...255), "bytea", pool)
      try await roundTrip([UInt8](), "bytea", pool)
      try await roundTrip(["", "a,b", "NULL", "\"\\{}", "ü"], "text[]", pool)
      try await roundTrip([String?.none, "NULL", "x"], "text[]", pool)
      try await roundTrip([Int](), "bigint[]", pool)
      try await roundTrip([1, -2, Int.max], "bigint[]", pool)
      try await roundTrip([true, false], "boolean[]", pool)
      try await roundTrip(JSONB(text: #"{"a": [1, "x"]}"#), "jsonb", pool)
      try await roundTrip(Colour.green, "text", pool)
      try await roundTrip(Colour?.none, "text", pool)
      try await roundTrip(String?("here"), "text", pool)
    }
  }

  @Test("a cell of another type is an error that names the column and not the value")
  func undecodable() async throws {
    try await TestDatabase.withPool { pool async throws in
      let rows = try await pool.run(
        "SELECT 'secret' AS word, 9223372036854775808 AS big, NULL AS none, '{1,{2}}' AS deep")
      let row = try #require(rows.first)
      func refuses<T: PostgresDecodable>(_ column: String, _ type: T.Type) throws {
        #expect(throws: PostgresError.undecodable(column: column, type: "\(T.self)")) {
          try row.decode(column, as: T.self)
        }
      }
      try refuses("word", Int.self)
      try refuses("word", Bool.self)
      try refuses("word", Double.self)
      try refuses("word", Timestamp.self)
      try refuses("word", [UInt8].self)
      try refuses("word", [String].self)
      try refuses("word", Colour.self)
      try refuses("big", Int.self)
      try refuses("none", String.self)
      try refuses("deep", [Int].self)
      try refuses("absent", String.self)
      #expect(throws: PostgresError.self) { try row.decode(7, as: String.self) }
      #expect(throws: PostgresError.self) { try row.decode(-1, as: String.self) }
      #expect(throws: PostgresError.self) { try rows[5].decode("word", as: String.self) }
      #expect(row.isNull("none") && !row.isNull("word"))
    }
  }

  @Test("text with a NUL character is refused before it is sent")
  func nul() async throws {
    try await TestDatabase.withPool { pool async throws in
      await #expect(throws: PostgresError.nulCharacter) { try await pool.run("SELECT \("a\0b")::text") }
      await #expect(throws: PostgresError.nulCharacter) {
        try await pool.transaction { _ = try await $0.query("SELECT \("a\0b")::text") }
      }
      #expect(await pool.probe())
    }
  }

  @Test("rows tell how many were affected and what they are called")
  func affected() async throws {
    try await TestDatabase.withPool(configure: { $0.searchPath = "public" }) { pool async throws in
      let results = try await pool.run([
        "CREATE TABLE t (n int)", "INSERT INTO t SELECT generate_series(1, 7)", "SELECT n, n * 2 AS twice FROM t",
        "DELETE FROM t WHERE n > 5",
      ])
      #expect(results.map(\.affected) == [0, 7, 7, 2])
      #expect(results[2].columns == ["n", "twice"])
      #expect(try results[2].map { try $0.decode("twice", as: Int.self) } == [2, 4, 6, 8, 10, 12, 14])
    }
  }
}
