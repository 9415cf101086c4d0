import Core
import Postgres

/// The statements of `ward jobs`.
enum SteerJobsQueries {
  static let queues: SQL = """
    SELECT format('%-24s %8s %8s %8s %8s', queue, count(*) FILTER (WHERE state = 'waiting'),
      count(*) FILTER (WHERE state = 'delayed'), count(*) FILTER (WHERE state = 'running'),
      count(*) FILTER (WHERE state = 'dead')) AS line
    FROM jobs WHERE state <> 'done' GROUP BY queue ORDER BY queue
    """

  static func jobs(of queue: String, in state: String) -> SQL {
    """
    SELECT format('%s  %s  %s attempts  %s  %s', id, kind, attempts, due_at, COALESCE(last_error, '')) AS line
    FROM jobs WHERE queue = \(queue) AND state = \(state) ORDER BY created_at DESC, id DESC LIMIT 100
    """
  }

  static func retry(_ job: JobID) -> SQL {
    """
    UPDATE jobs SET state = 'waiting', due_at = ward.now(), finished_at = NULL, announced_at = NULL,
      attempts = CASE WHEN state = 'dead' THEN 0 ELSE attempts END
    WHERE id = \(job) AND state IN ('dead', 'delayed')
    """
  }

  static func cancel(_ job: JobID) -> SQL {
    """
    WITH gone AS (DELETE FROM jobs WHERE id = \(job) AND state IN ('waiting', 'delayed', 'dead') RETURNING *)
    INSERT INTO finished_jobs (
      id, hospital_id, queue, kind, priority, attempts, state, created_at, started_at, finished_at)
    SELECT id, hospital_id, queue, kind, priority, attempts, 'cancelled', created_at, started_at, ward.now() FROM gone
    """
  }

  static func replay(_ queue: String) -> SQL {
    """
    UPDATE jobs j SET state = 'waiting', due_at = ward.now(), finished_at = NULL, attempts = 0, announced_at = NULL
    WHERE queue = \(queue) AND state = 'dead' AND (unique_key IS NULL OR NOT EXISTS (
      SELECT FROM jobs k WHERE k.tenant = j.tenant AND k.kind = j.kind AND k.unique_key = j.unique_key
        AND k.state IN ('waiting', 'delayed', 'running')))
    """
  }

  static func drill(_ queue: String, kind: String, count: Int) -> SQL {
    """
    INSERT INTO jobs (id, queue, kind, payload, due_at)
    SELECT gen_random_uuid(), \(queue), \(kind), '', ward.now() FROM generate_series(1, \(count))
    """
  }

  static let wake: SQL = "SELECT pg_notify('ward_jobs', 'command ')"
}
