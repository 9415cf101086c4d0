import Core
import FoundationEssentials
import NIOCore
import Postgres

/// The statements that surround every operation.
enum HouseQueries {
  /// Sets whose rows the transaction may see; both are gone when it ends.
  static func setTenant(hospital: HospitalID?, user: UserID?) -> SQL {
    """
    SELECT set_config('ward.hospital', \(hospital?.text ?? ""), true), \
    set_config('ward.user', \(user?.text ?? ""), true)
    """
  }

  /// A lock for the length of the transaction, tried and not waited for, and what was answered before, if anything.
  static func claim(key: IdempotencyKey) -> [SQL] {
    [
      "SELECT pg_try_advisory_xact_lock(hashtextextended(\(key.lockName), 0)) AS claimed",
      """
      SELECT request_hash, answer FROM idempotency_keys
      WHERE hospital_id = \(key.hospital) AND actor_id = \(key.actor) AND operation = \(key.operation)
        AND key = \(key.text) AND created_at > ward.now() - interval '24 hours'
      """,
    ]
  }

  static func remember(_ answer: String, for key: IdempotencyKey) -> SQL {
    """
    INSERT INTO idempotency_keys (hospital_id, actor_id, operation, key, request_hash, answer)
    VALUES (\(key.hospital), \(key.actor), \(key.operation), \(key.text), \(key.requestHash), \(answer))
    ON CONFLICT (hospital_id, actor_id, operation, key) DO UPDATE
      SET request_hash = excluded.request_hash, answer = excluded.answer, created_at = ward.now()
    """
  }

  /// Of jobs with the same unique key one is open at a time; a further one is not written.
  static func insert(_ job: Job, id: JobID, payload: [UInt8], hospital: HospitalID?) -> SQL {
    let insert: SQL = """
      INSERT INTO jobs (id, hospital_id, queue, kind, payload, priority, state, due_at, max_attempts, unique_key)
      VALUES (\(id), \(hospital), \(job.queue), \(job.kind), \(payload), \(job.priority.place),
        CASE WHEN \(job.dueAt)::timestamptz > ward.now() THEN 'delayed' ELSE 'waiting' END,
        COALESCE(\(job.dueAt)::timestamptz, ward.now()), \(job.maxAttempts), \(job.uniqueKey))
      """
    return job.uniqueKey == nil ? insert : insert + " ON CONFLICT DO NOTHING"
  }

  /// Numbers the events and writes them: the last statement of a transaction, so that the counter's lock is held
  /// no longer than the commit and the numbers follow the order of commits.
  static func append(_ events: [Event], hospital: HospitalID, at now: Timestamp) -> SQL {
    let ids = events.map { _ in EventID.new(at: now).rawValue }
    let names = events.map(\.name)
    let rooms = events.map { $0.rooms.map(\.name).joined(separator: " ") }
    let payloads = events.map { String(buffer: $0.payload) }
    return """
      WITH counter AS (
        UPDATE event_counters SET last_number = last_number + \(events.count) WHERE hospital_id = \(hospital)
        RETURNING last_number - \(events.count) AS base)
      INSERT INTO events (hospital_id, number, id, name, rooms, payload)
      SELECT \(hospital), counter.base + item.position, item.id, item.name, item.rooms, item.payload
      FROM counter, unnest(\(ids)::uuid[], \(names)::text[], \(rooms)::text[], \(payloads)::text[])
        WITH ORDINALITY AS item (id, name, rooms, payload, position)
      """
  }
}
