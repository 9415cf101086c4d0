import FoundationEssentials
import NIOCore
import TestSupport
import Testing

@testable import Postgres

@Suite struct JSONTests {
  private let shape = RowShape([
    .init("id", "id", .uuid), .init("roomNumber", "room", .string), .init("note", "note", .string, nullable: true),
    .init("urgency", "urgency", .integer), .init("share", "share", .double), .init("on\"Duty", "duty", .boolean),
    .init("createdAt", "at", .timestamp, nullable: true), .init("extra", "extra", .json, nullable: true),
  ])

  @Test("rows become JSON as their columns say")
  func array() async throws {
    try await TestDatabase.withPool { pool async throws in
      let id = UUID()
      let rows = try await pool.run(
        """
        SELECT \(sql: shape.sqlColumns) FROM (VALUES
          (\(id)::uuid, 'A-12', NULL, 5, 0.5::float8, true, '2026-11-21 01:25:08.25+00'::timestamptz, '{"a": [1]}'::jsonb),
          (\(id)::uuid, E'a"\\\\\\n\\x01ü', 'ok', -7, 'NaN', false, 'infinity', NULL),
          (\(id)::uuid, '', '', 0, '-Infinity', false, NULL, '[]')
        ) AS t (id, room, note, urgency, share, duty, at, extra)
        """)
      var buffer = ByteBuffer()
      try rows.writeJSONArray(shape, into: &buffer)
      let key = id.uuidString.lowercased()
      #expect(
        String(buffer: buffer)
          == #"[{"id":"\#(key)","roomNumber":"A-12","note":null,"urgency":5,"share":0.5,"on\"Duty""#
          + #":true,"createdAt":"2026-11-21T01:25:08.25Z","extra":{"a": [1]}},{"id":"\#(key)","roomNumber":"a\"\\\n\u0001ü","#
          + #""note":"ok","urgency":-7,"share":null,"on\"Duty":false,"createdAt":"infinity","extra":null},"#
          + #"{"id":"\#(key)","roomNumber":"","note":"","urgency":0,"share":null,"on\"Duty":false,"createdAt":null,"extra":[]}]"#
      )
      buffer.clear()
      try rows[0].writeJSON(shape, into: &buffer)
      #expect(String(buffer: buffer).hasPrefix(#"{"id":""#) && String(buffer: buffer).hasSuffix(#"{"a": [1]}}"#))
      #expect(throws: PostgresError.self) { try rows[9].writeJSON(shape, into: &buffer) }
    }
  }

  @Test("no rows are an empty array; a shape with more columns than the rows is refused")
  func edges() async throws {
    try await TestDatabase.withPool { pool async throws in
      let shape = RowShape([.init("n", "1", .integer)])
      let none = try await pool.run("SELECT \(sql: shape.sqlColumns) WHERE false")
      var buffer = ByteBuffer(string: "x")
      try none.writeJSONArray(shape, into: &buffer)
      #expect(String(buffer: buffer) == "x[]")
      #expect(throws: PostgresError.self) { try none.writeJSONArray(self.shape, into: &buffer) }
      #expect(throws: PostgresError.self) { try none.writeJSONArray(RowShape([]), into: &buffer) }
    }
  }

  @Test("any text survives the way through JSON, however much of it must be escaped")
  func anyText() async throws {
    try await TestDatabase.withPool { pool async throws in
      let shape = RowShape([.init("word", "word", .string)])
      let alphabet = Array("\"\\\u{1}\u{8}\t\n\u{c}\r\u{1f} a0ü€🏥\u{7f}\u{2028}/<>").map(String.init)
      var words = ["", String(repeating: "\u{1}", count: 70_000), String(repeating: "\"", count: 9)]
      for length in 0..<200 { words.append((0..<length).map { _ in alphabet.randomElement() ?? "" }.joined()) }
      let rows = try await pool.run(
        "SELECT word AS \"word\" FROM unnest(\(words)::text[]) WITH ORDINALITY AS t (word, n) ORDER BY n")
      var buffer = ByteBuffer()
      try rows.writeJSONArray(shape, into: &buffer)
      let objects = try JSONDecoder().decode([[String: String]].self, from: Data(buffer.readableBytesView))
      #expect(objects.map { $0["word"] ?? "?" } == words)
    }
  }

  @Test("a shape can be narrowed to known fields")
  func selecting() {
    #expect(shape.selecting(["urgency", "id"])?.columns.map(\.name) == ["id", "urgency"])
    #expect(shape.selecting(["id", "unknown"]) == nil)
    #expect(shape.selecting([]) == nil)
    #expect(shape.selecting(["id"])?.sqlColumns.text == "id AS \"id\"")
    #expect(shape.columns.map(\.isNullable) == [false, false, true, false, false, false, true, true])
  }
}
