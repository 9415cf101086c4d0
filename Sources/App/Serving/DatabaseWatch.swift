import Logging
import Postgres
import Synchronization
import Telemetry

/// What the pool tells about itself: metrics, slow statements without their values, and trouble.
final class DatabaseWatch: Sendable {
  private let metrics: Metrics
  private let logger: Logger
  private let lastTrouble = Mutex<(text: String, at: ContinuousClock.Instant)?>(nil)

  init(metrics: Metrics, logger: Logger) {
    self.metrics = metrics
    self.logger = logger
  }

  var observer: PostgresObserver {
    PostgresObserver(
      flushed: { statements, seconds in
        self.metrics.count("ward_database_statements_total", by: Double(statements))
        self.metrics.observe("ward_database_flush_seconds", seconds: seconds)
      },
      slow: { text, seconds in
        self.logger.warning("slow query", metadata: ["statement": "\(text)", "seconds": "\(seconds)"])
      },
      trouble: { self.note("\($0)") })
  }

  /// The same trouble is said once in ten seconds: a database that is down must not fill the log.
  private func note(_ trouble: String) {
    metrics.count("ward_database_trouble_total")
    let isNews = lastTrouble.withLock { last in
      if let last, last.text == trouble, ContinuousClock.now - last.at < .seconds(10) { return false }
      last = (trouble, .now)
      return true
    }
    if isNews { logger.warning("database trouble", metadata: ["error": "\(trouble)"]) }
  }
}
