import Core
import FoundationEssentials
import Postgres

/// The statements of the engine that does what was asked for. A lease is a due time: a leased job is due again when
/// its lease runs out.
enum JobQueries {
  static let leaseSeconds = 60

  static func claim(_ handlers: [JobHandler], token: UUID, limit: Int) -> SQL {
    """
    UPDATE ward.jobs SET lease_token = \(token), attempts = attempts + 1,
      leased_until = ward.now() + make_interval(secs => \(leaseSeconds)),
      due_at = ward.now() + make_interval(secs => \(leaseSeconds))
    WHERE id IN (
      SELECT id FROM ward.jobs
      WHERE state = 'waiting' AND due_at <= ward.now() AND queue = ANY (\(handlers.map(\.queue))::text[])
        AND kind = ANY (\(handlers.map(\.kind))::text[])
      ORDER BY priority, due_at, id LIMIT \(limit) FOR UPDATE SKIP LOCKED)
    RETURNING id, kind, payload, attempts, max_attempts, created_at
    """
  }

  /// Seconds until the next job is due; null when none waits.
  static func nextDue(_ handlers: [JobHandler]) -> SQL {
    """
    SELECT EXTRACT(epoch FROM min(due_at) - ward.now())::float8 AS seconds FROM ward.jobs
    WHERE state = 'waiting' AND queue = ANY (\(handlers.map(\.queue))::text[])
      AND kind = ANY (\(handlers.map(\.kind))::text[])
    """
  }

  /// Still at work; the rows that are still ours.
  static func extend(token: UUID) -> SQL {
    """
    UPDATE ward.jobs SET leased_until = ward.now() + make_interval(secs => \(leaseSeconds)),
      due_at = ward.now() + make_interval(secs => \(leaseSeconds))
    WHERE lease_token = \(token) AND state = 'waiting'
    """
  }

  /// Done, unless somebody else has the lease by now. What it was about is forgotten.
  static func finish(_ id: JobID, token: UUID) -> SQL {
    """
    UPDATE ward.jobs SET state = 'done', finished_at = ward.now(), payload = ''::bytea, last_error = NULL,
      lease_token = NULL, leased_until = NULL
    WHERE id = \(id) AND lease_token = \(token)
    """
  }

  static func retry(_ id: JobID, token: UUID, afterSeconds seconds: Double, reason: String) -> SQL {
    """
    UPDATE ward.jobs SET due_at = ward.now() + make_interval(secs => \(seconds)), last_error = \(reason),
      lease_token = NULL, leased_until = NULL
    WHERE id = \(id) AND lease_token = \(token)
    """
  }

  static func bury(_ id: JobID, token: UUID, reason: String) -> SQL {
    """
    UPDATE ward.jobs SET state = 'dead', finished_at = ward.now(), last_error = \(reason), lease_token = NULL,
      leased_until = NULL
    WHERE id = \(id) AND lease_token = \(token)
    """
  }

  /// Gives back what was claimed and not begun.
  static func release(_ id: JobID, token: UUID) -> SQL {
    """
    UPDATE ward.jobs SET due_at = ward.now(), attempts = attempts - 1, lease_token = NULL, leased_until = NULL
    WHERE id = \(id) AND lease_token = \(token)
    """
  }

  /// Done jobs are kept a week, dead ones a month.
  static let forget: SQL = """
    DELETE FROM ward.jobs WHERE finished_at IS NOT NULL
      AND finished_at < ward.now() - CASE state WHEN 'dead' THEN interval '30 days' ELSE interval '7 days' END
    """
}
