import Jobs
import Postgres

/// What has to be done once in a while in the whole cluster, as jobs: old events, answers and counts are forgotten, and
/// partitions are made and dropped.
struct Tidying: Sendable {
  let enginePool: PostgresPool
  let keep: RetentionSettings

  static let periodic = [PeriodicJob("tidy", everySeconds: 3600, kind: "house.tidy")]

  /// Rows that one statement takes at most, so that it holds no lock for long; what is left is taken by the next.
  static let batch = 10_000
  /// Statements of a kind in one run at most: what is still left then waits an hour.
  private static let mostBatches = 100

  var handlers: [JobHandler] { [JobHandler(queue: "tasks", kind: "house.tidy") { _ in try await run() }] }

  private func run() async throws {
    _ = try await enginePool.run([
      "SELECT ward.make_audit_partitions()", "SELECT ward.make_appointment_partitions()",
      "SELECT ward.forget_windows()", "SELECT ward.forget_sockets()",
      "SELECT ward.forget_refresh_tokens()", "SELECT ward.forget_accounts()", "SELECT ward.forget_guesses()",
      "SELECT ward.forget_sign_in_codes()", "SELECT ward.forget_job_figures()", "SELECT ward.forget_watch()",
    ])
    for statement in manyRows { try await repeated(statement) }
    try await JobStore(pool: enginePool).tidy()
  }

  /// What may be more in an hour than one statement takes; each says how many it took.
  private var manyRows: [SQL] {
    [
      "SELECT ward.prune() AS count", "SELECT ward.forget_webhook_deliveries() AS count",
      "SELECT ward.forget_reply_codes() AS count",
      "SELECT ward.forget_notifications(\(keep.notificationDays), \(Self.batch)) AS count",
      "SELECT ward.forget_messages(\(keep.messageDays), \(Self.batch)) AS count",
      "SELECT ward.forget_reminders(\(keep.messageDays), \(Self.batch)) AS count",
      "SELECT ward.forget_attempts(\(Self.batch)) AS count",
    ]
  }

  private func repeated(_ statement: SQL) async throws {
    for _ in 0..<Self.mostBatches {
      let count = try await enginePool.run(statement).first?.decode("count", as: Int64.self) ?? 0
      guard count >= Int64(Self.batch) else { return }
    }
  }
}
