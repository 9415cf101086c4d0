import TestSupport
import Testing

@testable import Postgres

@Suite(.timeLimit(.minutes(1))) struct StatementTests {
  private func withOne(_ body: (PostgresPool) async throws -> Void) async throws {
    try await TestDatabase.withPool(
      configure: { ($0.minimum, $0.maximum, $0.searchPath) = (1, 1, "public") }, body)
  }

  @Test("279: a repeated query is parsed once")
  func parsedOnce() async throws {
    try await withOne { pool async throws in
      for n in 0..<5 { _ = try await pool.run("SELECT \(n)::int AS n") }
      let rows = try await pool.run(
        """
        SELECT generic_plans + custom_plans AS plans FROM pg_prepared_statements
        WHERE statement = \("SELECT $1::int AS n")
        """)
      #expect(try rows.map { try $0.decode("plans", as: Int.self) } == [5])
    }
  }

  @Test("279: the cache keeps what is used and the server forgets what left it")
  func bounded() async throws {
    try await TestDatabase.withPool(configure: {
      ($0.minimum, $0.maximum, $0.statementCacheSize) = (1, 1, 3)
    }) { pool async throws in
      for n in 0..<20 {
        _ = try await pool.run("SELECT 'kept'")
        _ = try await pool.run(SQL(programText: "SELECT \(n)"))
      }
      _ = try await pool.run("SELECT 'kept'")
      let rows = try await pool.run("SELECT statement FROM pg_prepared_statements")
      let statements = try rows.map { try $0.decode("statement", as: String.self) }
      #expect(statements.count <= 4)
      #expect(statements.contains("SELECT 'kept'"))
      // More different statements in one flush than the cache holds.
      let many = try await pool.run((0..<10).map { SQL(programText: "SELECT \($0) AS n") })
      #expect(try many.map { try $0[0].decode("n", as: Int.self) } == Array(0..<10))
      #expect(try await pool.run("SELECT 0 AS n")[0].decode("n", as: Int.self) == 0)
    }
  }

  @Test("a statement that could not be parsed is parsed anew the next time")
  func failedPrepare() async throws {
    try await withOne { pool async throws in
      let ask: SQL = "SELECT n FROM later"
      await #expect { try await pool.run(ask) } throws: { ($0 as? PostgresError)?.sqlState == "42P01" }
      // Skipped by the server, because a statement before it in the flush failed.
      await #expect(throws: PostgresError.self) { try await pool.run(["SELECT 1/0", "SELECT 'skipped' AS word"]) }
      #expect(try await pool.run("SELECT 'skipped' AS word")[0].decode("word", as: String.self) == "skipped")
      _ = try await pool.run("CREATE TABLE later (n int)")
      #expect(try await pool.run(ask).isEmpty)
    }
  }

  @Test("a plan that no longer fits the table is made anew without the caller's noticing")
  func stalePlan() async throws {
    try await withOne { pool async throws in
      _ = try await pool.run("CREATE TABLE t (n int)")
      _ = try await pool.run("INSERT INTO t VALUES (1)")
      let ask: SQL = "SELECT * FROM t"
      #expect(try await pool.run(ask).columns == ["n"])
      _ = try await pool.run("ALTER TABLE t ADD COLUMN m int")
      #expect(try await pool.run(ask).columns == ["n", "m"])
      _ = try await pool.run("ALTER TABLE t ADD COLUMN o int")
      await #expect { try await pool.transaction { try await $0.query(ask) } } throws: {
        ($0 as? PostgresError)?.isReplayable == true
      }
      _ = try await pool.run("ALTER TABLE t ADD COLUMN p int")
      let columns = try await pool.transaction(retry: .replayable) { try await $0.query(ask).columns }
      #expect(columns == ["n", "m", "o", "p"])
      _ = try await pool.run("DEALLOCATE ALL")
      #expect(try await pool.run(ask).columns == ["n", "m", "o", "p"])
    }
  }

  @Test("statements can be sent unnamed, for PgBouncer")
  func unnamed() async throws {
    try await TestDatabase.withPool(configure: {
      $0.preparesStatements = false
      $0.sendsStartupOptions = false
    }) { pool async throws in
      #expect(
        try await pool.run("SELECT \(7)::int AS n", settings: [("ward.x", "y")])[0].decode("n", as: Int.self) == 7)
      #expect(try await pool.run("SELECT 1 FROM pg_prepared_statements").isEmpty)
      let n = try await pool.transaction { try await $0.finish("SELECT \(8)::int AS n")[0].decode("n", as: Int.self) }
      #expect(n == 8)
    }
  }

  @Test("ten thousand rows come in order and whole")
  func manyRows() async throws {
    try await withOne { pool async throws in
      let rows = try await pool.run("SELECT n, repeat('x', n % 50) AS word FROM generate_series(1, 10000) AS n")
      #expect(rows.count == 10_000)
      for (index, row) in rows.enumerated() where index % 97 == 0 {
        #expect(try row.decode("n", as: Int.self) == index + 1)
        #expect(try row.decode("word", as: String.self).utf8.count == (index + 1) % 50)
      }
    }
  }

  @Test("much to send against much to receive does not block")
  func bigBothWays() async throws {
    try await withOne { pool async throws in
      let text = String(repeating: "0123456789", count: 20_000)
      let statements = (0..<100).map { _ in "SELECT \(text)::text AS echo" as SQL }
      let results = try await pool.run(statements)
      #expect(results.count == 100)
      #expect(try results[99][0].decode("echo", as: String.self) == text)
      let big = String(repeating: "y", count: 30_000_000)
      #expect(try await pool.run("SELECT length(\(big)) AS n")[0].decode("n", as: Int.self) == 30_000_000)
    }
  }

  @Test("COPY and transaction control do not bring a connection into disorder")
  func disorder() async throws {
    try await withOne { pool async throws in
      _ = try await pool.run("CREATE TABLE t (n int)")
      await #expect(throws: PostgresError.self) { try await pool.run("COPY t FROM STDIN") }
      #expect(await pool.probe())
      await #expect(throws: PostgresError.self) { try await pool.run("COPY t TO STDOUT") }
      #expect(await pool.probe())
      _ = try await pool.run("BEGIN")
      _ = try await pool.run("INSERT INTO t VALUES (1)")
      // The connection with the open transaction was thrown away, so this one stands by itself.
      #expect(try await pool.run("SELECT 1 FROM t").count == 1)
    }
  }

  @Test("an empty statement and an empty list are no trouble")
  func empty() async throws {
    try await withOne { pool async throws in
      #expect(try await pool.run([]).isEmpty)
      #expect(try await pool.run("").isEmpty)
      #expect(await pool.probe())
    }
  }

  @Test("COPY takes rows with every kind of text")
  func copy() async throws {
    try await withOne { pool async throws in
      _ = try await pool.run("CREATE TABLE \"odd name\" (n int, word text)")
      let words: [String?] = ["plain", "tab\tnew\nline\rback\\slash", "\\N", "", nil, "ü"]
      var rows = CopyRows()
      for (n, word) in words.enumerated() { rows.append(n, word) }
      #expect(try await pool.copy(rows, into: "public.odd name", columns: ["n", "word"]) == words.count)
      let found = try await pool.run("SELECT word FROM \"odd name\" ORDER BY n")
      #expect(try found.map { try $0.decode("word", as: String?.self) } == words)
      var many = CopyRows()
      for n in 0..<100_000 { many.append(n, "row") }
      #expect(try await pool.copy(many, into: "odd name", columns: ["n", "word"]) == 100_000)
      await #expect { try await pool.copy(rows, into: "absent", columns: ["n"]) } throws: {
        ($0 as? PostgresError)?.sqlState == "42P01"
      }
      await #expect(throws: PostgresError.self) { try await pool.copy(rows, into: "odd name", columns: ["n"]) }
      #expect(await pool.probe())
      #expect(pool.statistics.busy == 0)
    }
  }
}
