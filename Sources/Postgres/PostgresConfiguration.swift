/// How to reach a database and how many connections to keep.
package struct PostgresConfiguration: Sendable {
  /// A `postgresql://` URL or a libpq connection string.
  package var url: String
  /// Connections kept open when nothing happens.
  package var minimum = 2
  /// Connections never exceeded.
  package var maximum = 10
  package var connectTimeoutSeconds = 3.0
  /// How long a caller waits for a connection before `poolExhausted`.
  package var acquireTimeoutSeconds = 10.0
  /// How long a connection above the minimum may stay unused.
  package var idleTimeoutSeconds = 30.0
  /// How long `start` tries to reach the database.
  package var startTimeoutSeconds = 60.0
  /// PostgreSQL's own limit for a statement; 0 switches it off.
  package var statementTimeoutSeconds = 10.0
  /// How long a transaction may wait for its next statement before PostgreSQL ends it with its connection, so that the
  /// locks of a node that stands still hold up nobody for long; 0 switches it off.
  package var idleInTransactionTimeoutSeconds = 10.0
  /// Statements slower than this are handed to `PostgresObserver.slow`.
  package var slowQuerySeconds = 1.0
  /// Callers that may wait at once; one more fails with `poolExhausted`.
  package var maximumWaiting = 10_000
  /// Prepared statements kept by a connection, the least used going first.
  package var statementCacheSize = 256
  /// Independent reads sent in one flush when several wait for a connection.
  package var batchSize = 16
  /// How long the first in line must have waited before another connection is opened for it.
  package var growthDelaySeconds = 0.005
  /// Connect failures in a row after which callers fail at once.
  package var breakerThreshold = 5
  /// How long callers fail at once before the next attempt.
  package var breakerCooldownSeconds = 1.0
  /// The role that statements run as (`SET ROLE` at connection start); nil keeps the one that signed in.
  package var role: String?
  package var searchPath = "ward"
  package var applicationName = "ward"
  /// How long after the statement timeout an answer may still come before the connection counts as lost.
  var answerGraceSeconds = 5.0
  /// False sends every statement unnamed, for PgBouncer with transaction pooling.
  package var preparesStatements = true
  /// False leaves out the start-up options that PgBouncer does not pass on; roles then need `ALTER ROLE … SET`.
  package var sendsStartupOptions = true

  package init(url: String) { self.url = url }

  /// 2 to 10 connections.
  package static func development(url: String) -> PostgresConfiguration { PostgresConfiguration(url: url) }

  /// 5 to 25 connections.
  package static func production(url: String) -> PostgresConfiguration {
    var configuration = PostgresConfiguration(url: url)
    configuration.minimum = 5
    configuration.maximum = 25
    return configuration
  }

  /// Throws `badConfiguration` with one sentence when a setting cannot be used.
  package func validate() throws(PostgresError) {
    guard maximum >= 1, maximum <= 1000, minimum >= 0, minimum <= maximum else {
      throw .badConfiguration("connections must satisfy 0 ≤ minimum ≤ maximum and 1 ≤ maximum ≤ 1000")
    }
    let seconds = [
      connectTimeoutSeconds, acquireTimeoutSeconds, idleTimeoutSeconds, startTimeoutSeconds, slowQuerySeconds,
      breakerCooldownSeconds,
    ]
    guard seconds.allSatisfy({ $0 > 0 && $0 <= 86_400 }) else {
      throw .badConfiguration("timeouts must be above 0 and at most one day")
    }
    guard (0...86_400).contains(statementTimeoutSeconds), (0...86_400).contains(idleInTransactionTimeoutSeconds),
      (0...60).contains(growthDelaySeconds)
    else {
      throw .badConfiguration(
        "the statement timeout and that of idle transactions must be at most a day (0 is off), the growth delay at most"
          + " a minute")
    }
    guard statementCacheSize >= 1, batchSize >= 1, breakerThreshold >= 1, maximumWaiting >= 0 else {
      throw .badConfiguration("cache size, batch size and breaker threshold must be at least 1")
    }
    _ = try ConnectionParameters(self)
  }
}

/// What a pool tells the outside: counts for metrics and slow statements for the log, never values.
package struct PostgresObserver: Sendable {
  /// Statements answered by one flush and the seconds from sending to the last answer.
  package var flushed: (@Sendable (_ statements: Int, _ seconds: Double) -> Void)?
  /// A statement over the limit: its text with `$1` in place of values, and the seconds it took.
  package var slow: (@Sendable (_ text: String, _ seconds: Double) -> Void)?
  /// A connection could not be made or broke.
  package var trouble: (@Sendable (PostgresError) -> Void)?

  package init(
    flushed: (@Sendable (_ statements: Int, _ seconds: Double) -> Void)? = nil,
    slow: (@Sendable (_ text: String, _ seconds: Double) -> Void)? = nil,
    trouble: (@Sendable (PostgresError) -> Void)? = nil
  ) {
    self.flushed = flushed
    self.slow = slow
    self.trouble = trouble
  }
}
