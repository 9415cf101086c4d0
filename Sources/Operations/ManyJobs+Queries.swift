import Core
import FoundationEssentials
import Postgres

extension HouseQueries {
  static func insertMail(_ job: Job, id: JobID, payload: [UInt8], hospital: HospitalID?, perHour: Int) -> SQL {
    """
    INSERT INTO jobs (id, hospital_id, queue, kind, payload, priority, state, due_at, max_attempts)
    SELECT \(id), \(hospital), \(job.queue), \(job.kind), \(payload), \(job.priority.place),
      CASE WHEN slot.due_at > ward.now() THEN 'delayed' ELSE 'waiting' END, slot.due_at, \(job.maxAttempts)
    FROM (SELECT ward.mail_slot(\(perHour)) AS due_at OFFSET 0) AS slot
    """
  }

  /// A hospital's mail stands in the log of deliveries under its job's id.
  static func logMail(_ id: JobID, _ template: String, hospital: HospitalID) -> SQL {
    """
    INSERT INTO deliveries (hospital_id, id, kind, occasion, channel, status)
    VALUES (\(hospital), \(id), \(template), ward.now(), 'email', 'queued')
    """
  }

  static func insert(_ jobs: [Job], ids: [JobID], payloads: [[UInt8]], hospital: HospitalID?) -> SQL {
    """
    INSERT INTO jobs (id, hospital_id, queue, kind, payload, priority, state, due_at, max_attempts)
    SELECT j.id, \(hospital), j.queue, j.kind, j.payload, j.priority,
      CASE WHEN j.due_at > ward.now() THEN 'delayed' ELSE 'waiting' END, COALESCE(j.due_at, ward.now()), j.max_attempts
    FROM unnest(\(ids.map(\.rawValue))::uuid[], \(jobs.map(\.queue))::text[], \(jobs.map(\.kind))::text[],
      \(payloads)::bytea[], \(jobs.map(\.priority.place))::int[], \(jobs.map(\.dueAt))::timestamptz[],
      \(jobs.map(\.maxAttempts))::int[]) AS j (id, queue, kind, payload, priority, due_at, max_attempts)
    """
  }
}
