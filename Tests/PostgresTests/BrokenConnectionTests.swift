import Core
import Glibc
import TestSupport
import Testing

@testable import Postgres

@Suite(.timeLimit(.minutes(1))) struct BrokenConnectionTests {
  private func withDoor(_ body: (TestDatabase, Door) async throws -> Void) async throws {
    try await TestDatabase.with { database in
      let door = try Door(to: database)
      defer { door.remove() }
      try await body(database, door)
    }
  }

  /// Ends every other session of the database and waits until they are gone.
  private static let kill: SQL = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
    """

  @Test("286: a database that comes up later is found by repeated attempts")
  func databaseComesUp() async throws {
    try await withDoor { database, door in
      let heard = Heard()
      let pool = PostgresPool(PostgresConfiguration(url: door.url), observer: heard.observer)
      let start = Task { try await pool.start() }
      try await until { heard.troubles.count >= 3 }
      door.open()
      try await start.value
      #expect(await pool.probe())
      await pool.close()
    }
  }

  @Test("286: the start gives up after its time with the reason, and may be tried again")
  func startTimeout() async throws {
    try await withDoor { database, door in
      var configuration = PostgresConfiguration(url: door.url)
      configuration.startTimeoutSeconds = 0.05
      let pool = PostgresPool(configuration)
      await #expect {
        try await pool.start()
      } throws: {
        if case .connectFailed = $0 as? PostgresError { true } else { false }
      }
      door.open()
      try await pool.start()
      #expect(await pool.probe())
      await pool.close()
    }
  }

  @Test("286: pauses between attempts double, stay in their bounds and vary")
  func backoff() {
    var generator = SystemRandomNumberGenerator()
    var pauses: Set<Duration> = []
    for _ in 0..<20 {
      var backoff = Backoff(firstSeconds: 0.1, longestSeconds: 2)
      for step in [0.1, 0.2, 0.4, 0.8, 1.6, 2, 2, 2] {
        let pause = backoff.next(using: &generator)
        #expect((step / 2...step + 1e-9).contains(pause.seconds))
        pauses.insert(pause)
      }
    }
    #expect(pauses.count > 100)
  }

  @Test("285: a server that accepts and stays silent is given up after the connect timeout")
  func silentServer() async throws {
    try await withDoor { database, door in
      let descriptor = door.listenSilently()
      defer { Glibc.close(descriptor) }
      var configuration = PostgresConfiguration(url: door.url)
      (configuration.connectTimeoutSeconds, configuration.startTimeoutSeconds) = (0.05, 0.05)
      await #expect {
        try await PostgresPool(configuration).start()
      } throws: {
        "\($0)".contains("no answer within 0.05 s")
      }
    }
  }

  @Test("287: the probe is true while the database answers and false when it does not")
  func probe() async throws {
    try await withDoor { database, door in
      door.open()
      let pool = PostgresPool(PostgresConfiguration(url: door.url))
      #expect(await pool.probe() == false)
      try await pool.start()
      #expect(await pool.probe())
      door.close()
      try await TestDatabase.with { _ in
        let other = PostgresPool(PostgresConfiguration(url: database.url))
        try await other.start()
        _ = try await other.run(Self.kill)
        await other.close()
      }
      #expect(await pool.probe() == false)
      door.open()
      try await until { await pool.probe() }
      await pool.close()
      #expect(await pool.probe() == false)
    }
  }

  @Test("287: no connection is left after the end, and nobody gets one any more")
  func close() async throws {
    try await TestDatabase.with { database in
      let pool = PostgresPool(PostgresConfiguration(url: database.url))
      try await pool.start()
      let running = Task { try await pool.run("SELECT pg_sleep(2), 1 AS one") }
      try await until { pool.statistics.busy == 1 }
      await pool.close()
      #expect(try await running.value[0].decode("one", as: Int.self) == 1)
      #expect(pool.statistics.open == 0)
      await #expect(throws: PostgresError.poolClosed) { try await pool.run("SELECT 1") }
      await pool.close()
      let other = PostgresPool(PostgresConfiguration(url: try TestDatabase.serverURL()))
      try await other.start()
      try await until {
        try await other.run("SELECT 1 FROM pg_stat_activity WHERE datname = \(database.name)").isEmpty
      }
      await other.close()
    }
  }

  @Test("connections that the server closed while unused are replaced unnoticed")
  func staleConnections() async throws {
    try await TestDatabase.with { database in
      let other = PostgresPool(PostgresConfiguration(url: database.url))
      var configuration = PostgresConfiguration(url: database.url)
      (configuration.minimum, configuration.maximum) = (3, 3)
      let pool = PostgresPool(configuration)
      try await pool.start()
      try await other.start()
      _ = try await other.run(Self.kill)
      #expect(try await pool.run("SELECT 1 AS n")[0].decode("n", as: Int.self) == 1)
      let n = try await pool.transaction { try await $0.query("SELECT 2 AS n")[0].decode("n", as: Int.self) }
      #expect(n == 2)
      await pool.close()
      await other.close()
    }
  }

  @Test("a session killed inside a transaction leaves nothing, and the pool recovers")
  func killedInTransaction() async throws {
    try await TestDatabase.withPool { pool async throws in
      _ = try await pool.run("CREATE TABLE public.t (n int)")
      await #expect {
        try await pool.transaction { transaction in
          let rows = try await transaction.query("INSERT INTO public.t VALUES (1) RETURNING pg_backend_pid() AS pid")
          let pid = try rows[0].decode("pid", as: Int.self)
          _ = try await pool.run("SELECT pg_terminate_backend(\(pid), 5000)")
          try await transaction.query("INSERT INTO public.t VALUES (2)")
        }
      } throws: {
        ($0 as? PostgresError)?.isReplayable == true
      }
      #expect(try await pool.run("SELECT 1 FROM public.t").isEmpty)
      var attempts = 0
      try await pool.transaction(retry: .replayable) { transaction in
        attempts += 1
        try await transaction.query("INSERT INTO public.t VALUES (\(attempts))")
        if attempts == 1 { try await transaction.query("SELECT pg_terminate_backend(pg_backend_pid(), 5000)") }
      }
      #expect(try await pool.run("SELECT n FROM public.t").map { try $0.decode("n", as: Int.self) } == [2])
      #expect(pool.statistics.busy == 0)
    }
  }

  @Test("a connection lost during COMMIT says that the outcome is unknown, and is not done again")
  func lostDuringCommit() async throws {
    try await TestDatabase.withPool { pool async throws in
      _ = try await pool.run("CREATE TABLE public.t (n int)")
      _ = try await pool.run(
        """
        CREATE FUNCTION public.die() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1); RETURN NULL; END'
        """)
      _ = try await pool.run(
        """
        CREATE CONSTRAINT TRIGGER die AFTER INSERT ON public.t DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION public.die()
        """)
      var attempts = 0
      await #expect(throws: PostgresError.commitUnknown) {
        try await pool.transaction(retry: .replayable) { transaction in
          attempts += 1
          transaction.queue("INSERT INTO public.t VALUES (1)")
        }
      }
      #expect(attempts == 1)
      #expect(await pool.probe())
    }
  }

  @Test("while the database is away callers fail at once, and are served again when it is back")
  func circuit() async throws {
    try await withDoor { database, door in
      door.open()
      var configuration = PostgresConfiguration(url: door.url)
      (configuration.minimum, configuration.maximum, configuration.breakerCooldownSeconds) = (1, 2, 0.1)
      let pool = PostgresPool(configuration)
      try await pool.start()
      door.close()
      let other = PostgresPool(PostgresConfiguration(url: database.url))
      try await other.start()
      _ = try await other.run(Self.kill)
      await #expect(throws: PostgresError.circuitOpen) { try await pool.run("SELECT 1") }
      #expect(pool.statistics.isCircuitOpen)
      #expect(pool.statistics.open == 0)
      door.open()
      try await until { await pool.probe() }
      #expect(!pool.statistics.isCircuitOpen)
      await other.close()
      await pool.close()
    }
  }

  @Test("the breaker makes only the moves of its table")
  func breakerMoves() {
    let now = ContinuousClock.now
    var breaker = CircuitBreaker(threshold: 3, cooldownSeconds: 10)
    for _ in 0..<2 { breaker.failed(at: now) }
    #expect(breaker.state == .closed && !breaker.refuses(at: now))
    breaker.succeeded()
    for _ in 0..<3 { breaker.failed(at: now) }
    #expect(breaker.state == .open && breaker.refuses(at: now))
    let early = breaker.attempt(at: now + .seconds(9))
    #expect(!early)
    let due = breaker.attempt(at: now + .seconds(10))
    #expect(due && breaker.state == .halfOpen)
    breaker.failed(at: now + .seconds(11))
    #expect(breaker.state == .open && breaker.refuses(at: now + .seconds(20)))
    let again = breaker.attempt(at: now + .seconds(21))
    #expect(again)
    breaker.succeeded()
    #expect(breaker.state == .closed && breaker.failures == 0)
    #expect(CircuitBreaker.moves[.closed]?[.cooledDown] == nil)
    #expect(CircuitBreaker.moves[.closed]?[.failedOnce] == nil)
  }
}
