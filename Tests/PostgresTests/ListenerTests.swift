import TestSupport
import Testing

@testable import Postgres

@Suite(.timeLimit(.minutes(1))) struct ListenerTests {
  private func expect(
    _ event: PostgresEvent, from events: inout AsyncStream<PostgresEvent>.Iterator,
    location: SourceLocation = #_sourceLocation
  ) async throws {
    let heard = await events.next(isolation: #isolation)
    #expect(heard == event, sourceLocation: location)
  }

  @Test("what is notified is heard, in order and only on the channels asked for")
  func hears() async throws {
    try await TestDatabase.withPool { pool async throws in
      var events = try pool.listen(["alerts", "odd \"channel"]).makeAsyncIterator()
      try await expect(.up, from: &events)
      for n in 1...3 { try await pool.notify(channel: "alerts", payload: "\(n)") }
      try await pool.notify(channel: "others", payload: "x")
      try await pool.notify(channel: "odd \"channel")
      for n in 1...3 { try await expect(.notification(channel: "alerts", payload: "\(n)"), from: &events) }
      try await expect(.notification(channel: "odd \"channel", payload: ""), from: &events)
    }
  }

  @Test("a broken connection is told, and listening begins again")
  func reconnects() async throws {
    try await TestDatabase.withPool { pool async throws in
      var events = try pool.listen(["alerts"]).makeAsyncIterator()
      try await expect(.up, from: &events)
      _ = try await pool.run(
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
          AND (query LIKE 'LISTEN%' OR query = 'SELECT 1') -- its heartbeat, on a machine that is slow
        """)
      try await expect(.down, from: &events)
      try await expect(.up, from: &events)
      try await pool.notify(channel: "alerts", payload: "again")
      try await expect(.notification(channel: "alerts", payload: "again"), from: &events)
    }
  }

  @Test("a reader who gives up frees the connection")
  func stops() async throws {
    try await TestDatabase.withPool { pool async throws in
      func sessions() async throws -> Int {
        try await pool.run(
          "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'")[0][
            "n"]
      }
      let task = Task {
        for await event in try pool.listen(["alerts"]) where event == .up { return }
      }
      try await task.value
      try await until { try await sessions() == 0 }
    }
  }
}
