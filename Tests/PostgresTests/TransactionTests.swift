import Core
import FoundationEssentials
import TestSupport
import Testing

@testable import Postgres

struct Refused: Error {}

@Suite struct TransactionTests {
  private func count(_ pool: PostgresPool) async throws -> Int {
    try await pool.run("SELECT count(*) AS n FROM t")[0]["n"]
  }

  private func withTable(
    configure: (inout PostgresConfiguration) -> Void = { _ in }, _ body: (PostgresPool) async throws -> Void
  ) async throws {
    try await TestDatabase.withPool(configure: configure) { pool in
      _ = try await pool.run("CREATE SCHEMA ward")
      _ = try await pool.run("CREATE TABLE t (n int PRIMARY KEY CHECK (n < 1000))")
      try await body(pool)
    }
  }

  @Test("293: an error thrown inside leaves nothing behind")
  func thrownError() async throws {
    try await withTable { pool async throws in
      await #expect(throws: Refused.self) {
        try await pool.transaction { transaction in
          try await transaction.query("INSERT INTO t VALUES (1)")
          transaction.queue("INSERT INTO t VALUES (2)")
          throw Refused()
        }
      }
      #expect(try await count(pool) == 0)
      #expect(pool.statistics.busy == 0)
    }
  }

  @Test("293: what was asked for is committed together, queued statements too")
  func commits() async throws {
    try await withTable { pool async throws in
      let seen = try await pool.transaction { transaction in
        transaction.queue("INSERT INTO t VALUES (1)")
        let rows = try await transaction.query("SELECT count(*) AS n FROM t")
        transaction.queue("INSERT INTO t VALUES (2)")
        return try rows[0].decode("n", as: Int.self)
      }
      #expect(seen == 1)
      #expect(try await count(pool) == 2)
      try await pool.transaction { $0.queue("INSERT INTO t VALUES (3)") }
      #expect(try await count(pool) == 3)
      let rows = try await pool.transaction { try await $0.finish("INSERT INTO t VALUES (4) RETURNING n") }
      #expect(try rows[0].decode("n", as: Int.self) == 4)
      #expect(try await count(pool) == 4)
    }
  }

  @Test("293: a statement that fails undoes those before it, in a flush and across flushes")
  func failingStatement() async throws {
    try await withTable { pool async throws in
      await #expect { try await pool.run(["INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (1)"]) } throws: {
        ($0 as? PostgresError)?.isUniqueViolation == true
      }
      await #expect {
        try await pool.transaction { transaction in
          try await transaction.query("INSERT INTO t VALUES (1)")
          transaction.queue("INSERT INTO t VALUES (1000)")
          try await transaction.finish("INSERT INTO t VALUES (2)")
        }
      } throws: {
        let refusal = ($0 as? PostgresError)?.refusal
        return refusal?.sqlState == "23514" && refusal?.constraint == "t_n_check" && refusal?.table == "t"
      }
      #expect(try await count(pool) == 0)
      #expect(await pool.probe())
    }
  }

  @Test("293: a body that hides a failed statement does not commit")
  func swallowedError() async throws {
    try await withTable { pool async throws in
      await #expect(throws: PostgresError.rolledBack) {
        try await pool.transaction { transaction in
          try await transaction.query("INSERT INTO t VALUES (1)")
          _ = try? await transaction.query("SELECT 1/0")
        }
      }
      #expect(try await count(pool) == 0)
    }
  }

  @Test("293: a deferred constraint refuses the COMMIT, in a transaction and in a run")
  func deferredConstraint() async throws {
    try await withTable { pool async throws in
      _ = try await pool.run("CREATE TABLE c (n int REFERENCES t DEFERRABLE INITIALLY DEFERRED)")
      await #expect { try await pool.transaction { $0.queue("INSERT INTO c VALUES (7)") } } throws: {
        ($0 as? PostgresError)?.isForeignKeyViolation == true
      }
      await #expect { try await pool.run("INSERT INTO c VALUES (7)") } throws: {
        ($0 as? PostgresError)?.isForeignKeyViolation == true
      }
      #expect(try await pool.run("SELECT 1 FROM c").isEmpty)
    }
  }

  @Test("an error message shows the constraint and never a value")
  func noValues() async throws {
    try await withTable { pool async throws in
      _ = try await pool.run("CREATE TABLE p (name text CONSTRAINT one_name UNIQUE, born date)")
      _ = try await pool.run("INSERT INTO p VALUES (\("Ada Lovelace"), now())")
      for statement in [
        "INSERT INTO p VALUES (\("Ada Lovelace"), now())", "INSERT INTO p (born) VALUES (\("Ada Lovelace"))",
        "SELECT \("Ada Lovelace")::int",
      ] as [SQL] {
        await #expect { try await pool.run(statement) } throws: {
          $0 is PostgresError && !"\($0)".contains("Ada") && !String(reflecting: $0).contains("Ada")
        }
      }
      await #expect { try await pool.run("INSERT INTO p VALUES (\("Ada Lovelace"), now())") } throws: {
        "\($0)".contains("one_name")
      }
    }
  }

  @Test("a tenant's setting lasts as long as its statements, also after an error")
  func settingsDoNotSurvive() async throws {
    try await withTable(configure: { ($0.minimum, $0.maximum) = (1, 1) }) { pool async throws in
      let setting = [("ward.hospital", "h1")]
      let ask: SQL = "SELECT coalesce(current_setting('ward.hospital', true), '') AS hospital"
      func hospital(_ rows: Rows) throws -> String { try rows[0]["hospital"] }
      #expect(try await hospital(pool.run(ask, settings: setting)) == "h1")
      #expect(try await hospital(pool.run(ask)) == "")
      _ = try? await pool.run("SELECT 1/0", settings: setting)
      #expect(try await hospital(pool.run(ask)) == "")
      #expect(try await pool.transaction(settings: setting) { try await hospital($0.query(ask)) } == "h1")
      #expect(try await hospital(pool.run(ask)) == "")
      _ = try? await pool.transaction(settings: setting) { try await $0.query("SELECT 1/0") }
      #expect(try await hospital(pool.run(ask)) == "")
      _ = try? await pool.transaction(settings: setting) { transaction in
        try await transaction.query(ask)
        throw Refused()
      }
      #expect(try await hospital(pool.run(ask)) == "")
      _ = try? await pool.transaction(settings: setting) { try await $0.finish("SELECT 1/0") }
      #expect(try await hospital(pool.run(ask)) == "")
    }
  }

  @Test("a transaction is not for use after its end")
  func afterTheEnd() async throws {
    try await withTable { pool async throws in
      let escaped = try await pool.transaction { transaction in
        try await transaction.finish("INSERT INTO t VALUES (1)")
        await #expect(throws: PostgresError.transactionMisused) { try await transaction.query("SELECT 1") }
        return transaction
      }
      await #expect(throws: PostgresError.transactionMisused) { try await escaped.query("SELECT 1") }
      #expect(try await count(pool) == 1)
      #expect(pool.statistics.busy == 0)
    }
  }

  @Test("a body that asks for nothing takes no connection")
  func nothingAsked() async throws {
    try await withTable { pool async throws in
      let before = pool.statistics.acquires
      #expect(try await pool.transaction { _ in 7 } == 7)
      #expect(pool.statistics.acquires == before)
    }
  }

  @Test("a savepoint takes a failed statement back")
  func savepoint() async throws {
    try await withTable { pool async throws in
      try await pool.transaction { transaction in
        transaction.queue("INSERT INTO t VALUES (1)")
        try await transaction.query("SAVEPOINT s")
        _ = try? await transaction.query("INSERT INTO t VALUES (1)")
        try await transaction.query("ROLLBACK TO s")
        transaction.queue("INSERT INTO t VALUES (2)")
      }
      #expect(try await count(pool) == 2)
    }
  }

  @Test("a read-only transaction refuses a write, a serialisable one is serialisable")
  func isolation() async throws {
    try await withTable { pool async throws in
      await #expect {
        try await pool.transaction(isReadOnly: true) { try await $0.query("INSERT INTO t VALUES (1)") }
      } throws: { ($0 as? PostgresError)?.sqlState == "25006" }
      for isolation in Isolation.allCases {
        let level = try await pool.transaction(settings: [("ward.user", "u")], isolation: isolation) {
          try await $0.query("SHOW transaction_isolation")[0].decode(0, as: String.self)
        }
        #expect(level.uppercased() == isolation.rawValue)
      }
    }
  }

  @Test("a foreign key is looked up by its index though the table was small when it was planned")
  func keptPlans() async throws {
    try await withTable(configure: { ($0.minimum, $0.maximum) = (1, 1) }) { pool async throws in
      _ = try await pool.run("CREATE TABLE many (n int PRIMARY KEY)")
      _ = try await pool.run("CREATE TABLE few (n int REFERENCES many)")
      _ = try await pool.run("INSERT INTO many SELECT generate_series(1, 10)")
      _ = try await pool.run("ANALYZE many")
      _ = try await pool.run("INSERT INTO few VALUES (1)")
      let read = try await pool.transaction {
        try await $0.query("INSERT INTO few VALUES (2)")
        let rows = try await $0.query("SELECT seq_tup_read FROM pg_stat_xact_user_tables WHERE relname = 'many'")
        return try rows[0].decode(0, as: Int.self)
      }
      #expect(read == 0)
      #expect(try await pool.run("SHOW jit")[0].decode(0, as: String.self) == "off")
    }
  }

  @Test("work that lost against another transaction is done again, if it may be")
  func retry() async throws {
    try await withTable { pool async throws in
      _ = try await pool.run("INSERT INTO t VALUES (1)")
      func collide(_ policy: RetryPolicy) async throws -> Int {
        var attempts = 0
        try await pool.transaction(isolation: .repeatableRead, retry: policy) { transaction in
          attempts += 1
          try await transaction.query("SELECT n FROM t")
          if attempts == 1 { _ = try await pool.run("UPDATE t SET n = n + 1") }
          try await transaction.query("UPDATE t SET n = n + 10")
        }
        return attempts
      }
      #expect(try await collide(.replayable) == 2)
      await #expect { try await collide(.never) } throws: { ($0 as? PostgresError)?.sqlState == "40001" }
      #expect(try await pool.run("SELECT n FROM t")[0].decode("n", as: Int.self) == 13)
    }
  }

  @Test("a body that hides an error from before the sending can neither go on nor commit")
  func hiddenErrorBeforeSending() async throws {
    try await withTable { pool async throws in
      await #expect(throws: PostgresError.nulCharacter) {
        try await pool.transaction(settings: [("ward.hospital", "h1")]) { transaction in
          transaction.queue("INSERT INTO t VALUES (1)")
          _ = try? await transaction.query("SELECT \("\0")::text")
          let second = await Task { try await transaction.query("INSERT INTO t VALUES (2)") }.result
          if case .success = second { throw Refused() }
        }
      }
      #expect(try await count(pool) == 0)
    }
  }

  @Test("a body that hides a failed COMMIT does not pass for committed")
  func hiddenCommitFailure() async throws {
    try await withTable { pool async throws in
      await #expect {
        try await pool.transaction { _ = try? await $0.finish("INSERT INTO t VALUES (1000)") }
      } throws: {
        ($0 as? PostgresError)?.isCheckViolation == true
      }
      await #expect {
        try await pool.transaction { transaction in
          _ = try? await transaction.query("SELECT 1/0")
          _ = try? await transaction.finish("SELECT 1")
        }
      } throws: {
        ($0 as? PostgresError)?.sqlState == "25P02"
      }
      #expect(try await count(pool) == 0)
      #expect(pool.statistics.busy == 0)
    }
  }

  @Test("several statements of one flush each return their rows")
  func queries() async throws {
    try await withTable { pool async throws in
      let rows = try await pool.transaction(settings: [("ward.hospital", "h1")]) { transaction in
        try await transaction.queries(["INSERT INTO t VALUES (1) RETURNING n", "SELECT count(*) AS n FROM t"])
      }
      #expect(try rows.map { try $0[0].decode("n", as: Int.self) } == [1, 1])
    }
  }

  @Test("a body that ends the transaction by itself cannot go on without its settings")
  func endedByTheBody() async throws {
    try await withTable { pool async throws in
      await #expect(throws: PostgresError.transactionMisused) {
        try await pool.transaction(settings: [("ward.hospital", "h1")]) { transaction in
          transaction.queue("INSERT INTO t VALUES (1)")
          _ = try? await transaction.query("ROLLBACK")
          _ = try? await transaction.query("INSERT INTO t VALUES (2)")
        }
      }
      #expect(try await count(pool) == 0)
      #expect(pool.statistics.busy == 0)
    }
  }
}
