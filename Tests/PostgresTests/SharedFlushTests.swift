import Core
import TestSupport
import Testing

@testable import Postgres

@Suite struct SharedFlushTests {
  private func withTable(_ body: (PostgresPool) async throws -> Void) async throws {
    // The tests' server waits for no disk unless it is told to.
    try await TestDatabase.withPool(configure: { $0.url += "&options=-c%20synchronous_commit%3Don" }) { pool in
      _ = try await pool.run("CREATE SCHEMA ward")
      _ = try await pool.run("CREATE TABLE t (n int UNIQUE DEFERRABLE INITIALLY DEFERRED CHECK (n < 1000))")
      try await body(pool)
    }
  }

  private func count(_ pool: PostgresPool) async throws -> Int {
    try await pool.run("SELECT count(*) AS n FROM t")[0]["n"]
  }

  @Test("293: a commit that shares its flush is on disk when the transaction is over")
  func onDisk() async throws {
    try await withTable { pool async throws in
      for _ in 0..<5 {
        let rows = try await pool.transaction(sharesFlush: true) { transaction in
          let mode = try await transaction.query("SELECT current_setting('synchronous_commit') AS mode")
          #expect(try mode[0].decode("mode", as: String.self) == "off")
          transaction.queue("DELETE FROM t")
          return try await transaction.finish(
            "INSERT INTO t VALUES (1) RETURNING n, pg_current_wal_insert_lsn()::text AS place")
        }
        #expect(try rows[0].decode("n", as: Int.self) == 1)
        let place = try rows[0].decode("place", as: String.self)
        let after = try await pool.run(
          """
          SELECT pg_current_wal_flush_lsn() >= \(place)::pg_lsn AS is_flushed,
            current_setting('synchronous_commit') AS mode
          """)
        #expect(try after[0].decode("is_flushed", as: Bool.self))
        #expect(try after[0].decode("mode", as: String.self) == "on")
      }
      try await pool.transaction(sharesFlush: true) { $0.queue("INSERT INTO t VALUES (2)") }
      #expect(try await count(pool) == 2)
      #expect(pool.statistics.busy == 0)
    }
  }

  @Test("293: what a shared flush cannot commit is refused and leaves nothing, also when COMMIT itself fails")
  func refused() async throws {
    try await withTable { pool async throws in
      await #expect(throws: Refused.self) {
        try await pool.transaction(sharesFlush: true) { transaction in
          try await transaction.query("INSERT INTO t VALUES (1)")
          throw Refused()
        }
      }
      for values: SQL in ["(2), (1000)", "(3), (3)"] {
        let error = await #expect(throws: PostgresError.self) {
          try await pool.transaction(sharesFlush: true) { $0.queue("INSERT INTO t VALUES \(sql: values)") }
        }
        #expect(error?.sqlState?.hasPrefix("23") == true)
      }
      #expect(try await count(pool) == 0)
      #expect(pool.statistics.busy == 0)
    }
  }
}
