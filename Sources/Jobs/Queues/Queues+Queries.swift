import Core
import FoundationEssentials
import Operations
package import Postgres

/// The statements of those who look at queues and steer them; what they call stands in the migration "job-figures".
enum QueueQueries {
  static let numbers: SQL = "SELECT * FROM ward.queue_numbers()"
  static let nodes: SQL = "SELECT * FROM ward.job_nodes_alive()"

  /// What the board knows, walked like every other list.
  static func queues(_ rows: JSONValue) -> ShortList {
    ShortList(
      """
      jsonb_to_recordset(\(rows.encoded)::jsonb) AS q(
        place int, queue text, purpose text, concurrency int, workers int, waiting bigint, delayed bigint, running bigint,
        dead bigint, "doneLastHour" bigint, "failedLastHour" bigint, "oldestSeconds" float8, "p95StartMilliseconds" int)
      WHERE true
      """, order: [.init("q.place", "int")])
  }

  static func jobs(of queue: QueueName, in state: JobState) -> ShortList {
    ShortList(
      "jobs_of_queue(\(queue.text), \(state.rawValue)) AS j WHERE true",
      order: [.init("j.created_at", "timestamptz"), .init("j.id", "uuid")], isFalling: true)
  }

  static func retry(_ job: JobID) -> SQL { "SELECT retry_job(\(job)) AS state" }
  static func cancel(_ job: JobID) -> SQL { "SELECT cancel_job(\(job)) AS state" }
  static func replay(_ queue: QueueName) -> SQL { "SELECT replay_jobs(\(queue.text)) AS count" }

  static func noteNode(_ node: UUID, kind: String, since start: Timestamp, workers: JSONValue) -> SQL {
    "SELECT ward.note_job_node(\(node), \(kind), \(start), \(workers.encoded)::jsonb)"
  }

  static func noteCounts(_ node: UUID, _ queue: String, _ figures: QueueFigures) -> SQL {
    """
    SELECT ward.note_job_counts(\(node), \(queue), \(figures.done), \(figures.retried), \(figures.dead),
      \(figures.fenced), \(figures.waits))
    """
  }

  static func forgetNode(_ node: UUID) -> SQL { "SELECT ward.forget_job_node(\(node))" }
}

/// A queue as it is listed.
package enum QueueKind: Shaped {
  package static let shape = RowShape([
    .init("queue", "q.queue", .string), .init("purpose", "q.purpose", .string),
    .init("concurrency", "q.concurrency", .integer), .init("workers", "q.workers", .integer),
    .init("waiting", "q.waiting", .integer), .init("delayed", "q.delayed", .integer),
    .init("running", "q.running", .integer), .init("dead", "q.dead", .integer),
    .init("doneLastHour", #"q."doneLastHour""#, .integer), .init("failedLastHour", #"q."failedLastHour""#, .integer),
    .init("oldestSeconds", #"q."oldestSeconds""#, .double, nullable: true),
    .init("p95StartMilliseconds", #"q."p95StartMilliseconds""#, .integer, nullable: true),
  ])
}

/// A job as it is listed: nothing of what it is about.
package enum JobKind: Shaped {
  package static let shape = RowShape([
    .init("id", "j.id", .uuid), .init("hospitalId", "j.hospital_id", .uuid, nullable: true),
    .init("kind", "j.kind", .string), .init("state", "j.state", .string),
    .init(
      "priority",
      """
      CASE WHEN j.priority < 2 THEN 'critical' WHEN j.priority < 5 THEN 'high' WHEN j.priority < 7 THEN 'normal'
        WHEN j.priority < 9 THEN 'low' ELSE 'background' END
      """, .string),
    .init("attempts", "j.attempts", .integer), .init("maxAttempts", "j.max_attempts", .integer, nullable: true),
    .init("dueAt", "j.due_at", .timestamp, nullable: true), .init("createdAt", "j.created_at", .timestamp),
    .init("startedAt", "j.started_at", .timestamp, nullable: true),
    .init("finishedAt", "j.finished_at", .timestamp, nullable: true),
    .init("reason", "j.reason", .string, nullable: true),
  ])
}
