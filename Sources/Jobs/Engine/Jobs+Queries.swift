import Core
import FoundationEssentials
import Postgres

/// The statements of the engine that does what was asked for; what they call stands in the migration "job-engine".
enum JobQueries {
  static func claim(_ wanted: JobClaim, leaseSeconds: Double) -> SQL {
    """
    SELECT id, hospital_id, queue, kind, payload, attempts, max_attempts, created_at, waited, claimed_at
    FROM ward.claim_jobs(\(wanted.wishes.map(\.queue)), \(wanted.wishes.map(\.room)), \(wanted.wishes.map(\.after)),
      \(wanted.kinds), \(wanted.token), \(leaseSeconds))
    """
  }

  static func claim(_ ids: [JobID], for wanted: JobClaim, leaseSeconds: Double) -> SQL {
    """
    SELECT id, hospital_id, queue, kind, payload, attempts, max_attempts, created_at, waited, ward.now() AS claimed_at
    FROM ward.claim_brought_jobs(\(ids.map(\.rawValue)), \(wanted.wishes.map(\.queue)), \(wanted.wishes.map(\.room)),
      \(wanted.kinds), \(wanted.token), \(leaseSeconds))
    """
  }

  static func waiting(of ids: [JobID]) -> SQL {
    "SELECT id FROM ward.jobs WHERE id = ANY (\(ids.map(\.rawValue))) AND state = 'waiting'"
  }

  static func announce(_ queues: [String], most: Int, againAfterSeconds seconds: Double) -> SQL {
    "SELECT id, queue, priority FROM ward.announce_jobs(\(queues), \(most), \(seconds))"
  }

  static func takeBack(_ ids: [JobID]) -> SQL {
    "UPDATE ward.jobs SET announced_at = NULL WHERE id = ANY (\(ids.map(\.rawValue))) AND state = 'waiting'"
  }

  static let letIn: SQL = "SELECT ward.let_in_jobs(1000) AS count"

  /// Until the next delay or lease is over; null when there is none.
  static let nextDue: SQL = """
    SELECT EXTRACT(epoch FROM min(due_at) - ward.now())::float8 AS seconds FROM ward.jobs
    WHERE state IN ('delayed', 'running')
    """

  static func finish(_ outcomes: [JobOutcome]) -> SQL {
    "SELECT ward.finish_jobs(\(outcomes.ids), \(outcomes.tokens), \(outcomes.attempts))"
  }

  static func putBack(_ outcomes: [JobOutcome]) -> SQL {
    let rows = outcomes.map(\.row)
    return """
      SELECT ward.put_back_jobs(\(outcomes.ids), \(outcomes.tokens), \(outcomes.attempts), \(rows.map(\.state)),
        \(rows.map(\.seconds)), \(rows.map(\.due)), \(rows.map(\.givenBack)), \(rows.map(\.reason)))
      """
  }

  /// In the transaction of the job's hospital.
  static func finishHere(_ job: LeasedJob) -> SQL {
    "SELECT ward.finish_job_here(\(job.id), \(job.token), \(job.attempt)) AS finished"
  }

  static func extend(_ ids: [JobID], _ tokens: [UUID], leaseSeconds: Double) -> SQL {
    "SELECT ward.extend_jobs(\(ids.map(\.rawValue)), \(tokens), \(leaseSeconds))"
  }

  static let tend: SQL = "SELECT ward.tend_finished_jobs()"

  /// Dead jobs are kept a month; done ones that an earlier version left here, a week.
  static let forget: SQL = """
    DELETE FROM ward.jobs WHERE finished_at IS NOT NULL
      AND finished_at < ward.now() - CASE state WHEN 'dead' THEN interval '30 days' ELSE interval '7 days' END
    """
}

extension [JobOutcome] {
  fileprivate var ids: [UUID] { map(\.job.id.rawValue) }
  fileprivate var tokens: [UUID] { map(\.job.token) }
  fileprivate var attempts: [Int] { map(\.job.attempt) }
}

extension JobOutcome {
  /// What the row becomes.
  fileprivate var row: (state: String, seconds: Double, due: Timestamp?, givenBack: Int, reason: String?) {
    switch ending {
    case .done, .givenBack: ("waiting", 0, nil, 1, nil)
    case .retry(let seconds, let reason): ("delayed", seconds, nil, 0, reason)
    case .dead(let reason): ("dead", 0, nil, 0, reason)
    case .snooze(let time): ("delayed", 0, time, 1, nil)
    }
  }
}
