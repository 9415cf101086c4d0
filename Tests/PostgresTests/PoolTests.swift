import TestSupport
import Testing

@testable import Postgres

@Suite(.timeLimit(.minutes(1))) struct PoolTests {
  @Test("283: development keeps 2 to 10 connections, production 5 to 25")
  func profiles() {
    let development = PostgresConfiguration.development(url: "postgresql:///x")
    #expect((development.minimum, development.maximum) == (2, 10))
    let production = PostgresConfiguration.production(url: "postgresql:///x")
    #expect((production.minimum, production.maximum) == (5, 25))
  }

  @Test("282: the limits have their stated defaults and the statistics show them")
  func defaults() {
    let statistics = PostgresPool(PostgresConfiguration(url: "postgresql:///x")).statistics
    #expect(statistics.connectTimeoutSeconds == 3)
    #expect(statistics.acquireTimeoutSeconds == 10)
    #expect(statistics.idleTimeoutSeconds == 30)
    #expect(statistics.startTimeoutSeconds == 60)
  }

  @Test(
    "282: a setting out of range is refused with a sentence",
    arguments: [
      { $0.minimum = 11 }, { $0.maximum = 0 }, { $0.minimum = -1 }, { $0.connectTimeoutSeconds = 0 },
      { $0.acquireTimeoutSeconds = .nan }, { $0.statementTimeoutSeconds = -1 },
      { $0.idleInTransactionTimeoutSeconds = -1 }, { $0.url = "postgresql://[bad" },
      { $0.statementCacheSize = 0 }, { $0.statementTimeoutSeconds = .infinity },
    ] as [@Sendable (inout PostgresConfiguration) -> Void])
  func badSettings(change: @Sendable (inout PostgresConfiguration) -> Void) async {
    var configuration = PostgresConfiguration(url: "postgresql:///x")
    change(&configuration)
    await #expect {
      try await PostgresPool(configuration).start()
    } throws: {
      if case .badConfiguration(let text) = $0 as? PostgresError { !text.contains("[bad") } else { false }
    }
  }

  @Test("282: the minimum is open after the start and the maximum is never exceeded")
  func limits() async throws {
    try await TestDatabase.withPool(configure: { ($0.minimum, $0.maximum) = (2, 4) }) { pool async throws in
      #expect(pool.statistics.open == 2)
      let most = Highest()
      try await withThrowingTaskGroup { group in
        for _ in 0..<60 {
          group.addTask {
            // Not the server's own: autovacuum may be at work in the same database.
            let rows = try await pool.transaction { transaction in
              try await transaction.query("SELECT 1")
              return try await transaction.query(
                """
                SELECT count(*) AS n FROM pg_stat_activity
                WHERE datname = current_database() AND backend_type = 'client backend'
                """)
            }
            let open = try rows[0].decode("n", as: Int.self)
            most.note(open)
          }
        }
        try await group.waitForAll()
      }
      #expect((2...4).contains(most.value))
      #expect(pool.statistics.open <= 4)
    }
  }

  @Test("282: a caller who waits too long is told that the pool is exhausted")
  func acquireTimeout() async throws {
    try await TestDatabase.withPool(configure: {
      ($0.minimum, $0.maximum, $0.acquireTimeoutSeconds) = (1, 1, 0.05)
    }) { pool async throws in
      try await pool.transaction { transaction in
        try await transaction.query("SELECT 1")
        await #expect(throws: PostgresError.poolExhausted) { try await pool.run("SELECT 1") }
        await #expect(throws: PostgresError.poolExhausted) {
          try await pool.transaction { try await $0.query("SELECT 1") }
        }
      }
      #expect(pool.statistics.acquireTimeouts == 2)
      #expect(pool.statistics.waiting == 0)
      #expect(await pool.probe())
    }
  }

  @Test("282: more callers than may wait are refused at once")
  func lineIsBounded() async throws {
    try await TestDatabase.withPool(configure: {
      ($0.minimum, $0.maximum, $0.maximumWaiting) = (1, 1, 0)
    }) { pool async throws in
      try await pool.transaction { transaction in
        try await transaction.query("SELECT 1")
        await #expect(throws: PostgresError.poolExhausted) { try await pool.run("SELECT 1") }
      }
    }
  }

  @Test("282: connections above the minimum are closed after the idle timeout")
  func idleTimeout() async throws {
    try await TestDatabase.withPool(configure: {
      ($0.minimum, $0.maximum, $0.idleTimeoutSeconds) = (1, 3, 0.02)
    }) { pool async throws in
      try await pool.transaction { first in
        try await first.query("SELECT 1")
        try await pool.transaction { second in
          try await second.query("SELECT 1")
          try await pool.transaction { _ = try await $0.query("SELECT 1") }
          #expect(pool.statistics.open == 3)
        }
      }
      try await until { pool.statistics.open == 1 }
      #expect(await pool.probe())
    }
  }

  @Test("a caller who is cancelled while waiting leaves the line")
  func cancelWaiting() async throws {
    try await TestDatabase.withPool(configure: { ($0.minimum, $0.maximum) = (1, 1) }) { pool async throws in
      try await pool.transaction { transaction in
        try await transaction.query("SELECT 1")
        let run = Task { try await pool.run("SELECT 1") }
        let lease = Task { try await pool.transaction { try await $0.query("SELECT 1") } }
        try await until { pool.statistics.waiting == 2 }
        run.cancel()
        lease.cancel()
        await #expect(throws: CancellationError.self) { try await run.value }
        await #expect(throws: CancellationError.self) { try await lease.value }
        #expect(pool.statistics.waiting == 0)
      }
      #expect(await pool.probe())
      #expect(pool.statistics.busy == 0)
    }
  }

  @Test("a cancelled body gives its connection back without an open transaction")
  func cancelBody() async throws {
    try await TestDatabase.withPool(configure: { ($0.minimum, $0.maximum) = (1, 1) }) { pool async throws in
      _ = try await pool.run("CREATE TABLE public.t (n int)")
      let task = Task {
        try await pool.transaction { transaction in
          try await transaction.query("INSERT INTO public.t VALUES (1)")
          withUnsafeCurrentTask { $0?.cancel() }
          try await transaction.query("INSERT INTO public.t VALUES (2)")
        }
      }
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(try await pool.run("SELECT 1 FROM public.t").isEmpty)
      #expect(pool.statistics.busy == 0)
    }
  }

  @Test("who came first is served first")
  func firstComeFirstServed() async throws {
    try await TestDatabase.withPool(configure: {
      ($0.minimum, $0.maximum, $0.batchSize) = (1, 1, 3)
    }) { pool async throws in
      _ = try await pool.run("CREATE TABLE public.t (at serial, n int)")
      let tasks = try await pool.transaction { transaction in
        try await transaction.query("SELECT 1")
        var tasks: [Task<Void, any Error>] = []
        for n in 0..<12 {
          tasks.append(
            Task {
              guard n % 4 == 3 else {
                _ = try await pool.run("INSERT INTO public.t (n) VALUES (\(n))")
                return
              }
              try await pool.transaction { $0.queue("INSERT INTO public.t (n) VALUES (\(n))") }
            })
          try await until { pool.statistics.waiting == n + 1 }
        }
        return tasks
      }
      for task in tasks { try await task.value }
      let order = try await pool.run("SELECT n FROM public.t ORDER BY at").map { try $0.decode("n", as: Int.self) }
      #expect(order == Array(0..<12))
    }
  }

  @Test("reads that share a flush stay separate: one that fails does not touch the others")
  func batchedRunsAreSeparate() async throws {
    try await TestDatabase.withPool(configure: {
      ($0.minimum, $0.maximum, $0.batchSize) = (1, 1, 8)
    }) { pool async throws in
      let tasks = try await pool.transaction { transaction in
        try await transaction.query("SELECT 1")
        var tasks: [Task<Int, any Error>] = []
        for n in 0..<8 {
          tasks.append(
            Task {
              try await pool.run([SQL.setting([("ward.n", "\(n)")]), "SELECT 12 / \(n - 3) AS q"])[1][0].decode("q")
            })
          try await until { pool.statistics.waiting == n + 1 }
        }
        return tasks
      }
      for (n, task) in tasks.enumerated() {
        switch await task.result {
        case .success(let quotient): #expect(quotient == 12 / (n - 3))
        case .failure(let error): #expect(n == 3 && (error as? PostgresError)?.sqlState == "22012")
        }
      }
      #expect(
        try await pool.run("SELECT current_setting('ward.n', true) AS n")[0].decode("n", as: String?.self) ?? "" == "")
    }
  }

  @Test("285: a statement over its time is cut with a clean error and the connection lives on")
  func statementTimeout() async throws {
    try await TestDatabase.withPool(configure: {
      ($0.minimum, $0.maximum, $0.statementTimeoutSeconds) = (1, 1, 0.05)
    }) { pool async throws in
      let pid = try await pool.run("SELECT pg_backend_pid() AS pid")[0].decode("pid", as: Int.self)
      await #expect {
        try await pool.run("SELECT pg_sleep(11)")
      } throws: {
        ($0 as? PostgresError)?.isStatementTimeout == true && "\($0)".contains("statement timeout")
      }
      #expect(try await pool.run("SELECT pg_backend_pid() AS pid")[0].decode("pid", as: Int.self) == pid)
    }
  }

  @Test("285: a transaction that stands still is ended by PostgreSQL, so that its locks hold up nobody for long")
  func idleTransaction() async throws {
    try await TestDatabase.withPool(configure: {
      ($0.minimum, $0.maximum, $0.idleInTransactionTimeoutSeconds) = (2, 2, 0.05)
    }) { pool async throws in
      await #expect {
        try await pool.transaction { transaction in
          _ = try await transaction.query("SELECT pg_advisory_xact_lock(7)")
          // Waits in the other connection until the lock falls.
          _ = try await pool.run("SELECT pg_advisory_xact_lock(7)")
          _ = try await transaction.query("SELECT 1")
        }
      } throws: {
        ($0 as? PostgresError)?.isReplayable == true
      }
      #expect(try await pool.run("SELECT 1 AS one")[0].decode("one", as: Int.self) == 1)
    }
  }

  @Test("285: a session begins with its limits, in UTC and in the agreed formats")
  func sessionSettings() async throws {
    try await TestDatabase.withPool { pool async throws in
      func show(_ name: String) async throws -> String {
        try await pool.run("SELECT current_setting(\(name)) AS value")[0]["value"]
      }
      #expect(try await show("statement_timeout") == "10s")
      #expect(try await show("idle_in_transaction_session_timeout") == "10s")
      #expect(try await show("TimeZone") == "UTC")
      #expect(try await show("DateStyle").hasPrefix("ISO"))
      #expect(try await show("search_path") == "ward")
      #expect(try await show("client_encoding") == "UTF8")
    }
  }

  @Test("a pool can run as another role than the one that signed in")
  func role() async throws {
    try await TestDatabase.with { database in
      let role = "role " + database.name
      try await TestDatabase.withPool { pool in
        _ = try await pool.run("CREATE ROLE \(identifier: role)")
        var configuration = PostgresConfiguration(url: database.url)
        configuration.role = role
        let serving = PostgresPool(configuration)
        try await serving.start()
        let name = try await serving.run("SELECT current_user AS name")[0].decode("name", as: String.self)
        #expect(name == role)
        await serving.close()
        _ = try await pool.run("DROP ROLE \(identifier: role)")
      }
    }
  }

  @Test("288: a slow statement is told with its text and time and without its values")
  func slowStatements() async throws {
    let heard = Heard()
    try await TestDatabase.withPool(
      observer: heard.observer, configure: { ($0.slowQuerySeconds, $0.maximum) = (0.05, 2) }
    ) { pool async throws in
      _ = try await pool.run("SELECT \("secret")::text, pg_sleep(0.06)")
      _ = try await pool.run("SELECT 1")
    }
    #expect(heard.slow.map(\.text) == ["SELECT $1::text, pg_sleep(0.06)"])
    #expect(heard.slow.allSatisfy { $0.seconds >= 0.05 })
    #expect(heard.statements >= 2)
  }
}
