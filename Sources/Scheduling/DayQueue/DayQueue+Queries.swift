import Core
import Operations
import Postgres

/// The statements of the queues of doctors.
enum DayQueueQueries {
  /// Makes the queue of the day on which something begins, by the hospital's calendar, if there is none.
  static func make(_ id: DayQueueID, of doctor: UserID, at time: Timestamp, in hospital: HospitalID) -> SQL {
    """
    INSERT INTO day_queues (hospital_id, id, doctor_id, day)
    SELECT h.id, \(id), \(doctor), (\(time)::timestamptz AT TIME ZONE h.time_zone)::date FROM hospitals h
    WHERE h.id = \(hospital)
    ON CONFLICT (hospital_id, doctor_id, day) DO NOTHING
    """
  }

  private static let columns: SQL = """
    q.id, q.doctor_id, q.day::text AS day, q.version, q.last_number, COALESCE((SELECT r.average_minutes FROM resources r
      WHERE r.hospital_id = q.hospital_id AND r.user_id = q.doctor_id), 15) AS average_minutes
    """

  /// Held until the transaction ends: a queue changes for one after the other.
  static func lock(of doctor: UserID, at time: Timestamp, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: columns) FROM day_queues q JOIN hospitals h ON h.id = q.hospital_id
    WHERE q.hospital_id = \(hospital) AND q.doctor_id = \(doctor)
      AND q.day = (\(time)::timestamptz AT TIME ZONE h.time_zone)::date FOR UPDATE OF q
    """
  }

  static func lock(_ id: DayQueueID, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: columns) FROM day_queues q WHERE q.hospital_id = \(hospital) AND q.id = \(id) FOR UPDATE OF q
    """
  }

  /// Of a day, or of today by the hospital's calendar.
  static func find(of doctor: UserID, on day: String?, in hospital: HospitalID, locks: Bool = false) -> SQL {
    """
    SELECT \(sql: columns) FROM day_queues q JOIN hospitals h ON h.id = q.hospital_id
    WHERE q.hospital_id = \(hospital) AND q.doctor_id = \(doctor)
      AND q.day = COALESCE(\(day)::date, (ward.now() AT TIME ZONE h.time_zone)::date)\
    \(sql: locks ? " FOR UPDATE OF q" : "")
    """
  }

  /// A member of the hospital, the day that is meant, and how long a visit takes.
  static func day(of doctor: UserID, on day: String?, in hospital: HospitalID) -> SQL {
    """
    SELECT COALESCE(\(day)::date, (ward.now() AT TIME ZONE h.time_zone)::date)::text AS day,
      COALESCE((SELECT r.average_minutes FROM resources r
        WHERE r.hospital_id = m.hospital_id AND r.user_id = m.user_id), 15) AS average_minutes
    FROM memberships m JOIN hospitals h ON h.id = m.hospital_id
    WHERE m.hospital_id = \(hospital) AND m.user_id = \(doctor)
    """
  }

  /// Those who wait and those who are seen now, in their order.
  static func open(in queue: DayQueueID, _ hospital: HospitalID) -> SQL {
    """
    SELECT e.id, e.appointment_id, e.number, e.is_emergency, e.state, e.joined_at FROM queue_entries e
    WHERE e.hospital_id = \(hospital) AND e.queue_id = \(queue) AND e.state IN ('waiting', 'in_progress')
    ORDER BY e.place, e.id
    """
  }

  static func insert(
    _ entry: DayLine.Entry, of appointment: AppointmentID, in queue: DayQueueID, _ hospital: HospitalID
  ) -> SQL {
    """
    INSERT INTO queue_entries (hospital_id, id, queue_id, appointment_id, number, place, is_emergency)
    VALUES (\(hospital), \(entry.id), \(queue), \(appointment), \(entry.number), \(entry.number), \(entry.isEmergency))
    """
  }

  /// Writes an order: places from 1.
  static func order(_ entries: [DayLine.Entry], in hospital: HospitalID) -> SQL {
    """
    UPDATE queue_entries e SET place = n.place, is_emergency = n.is_emergency
    FROM unnest(\(entries.map(\.id.rawValue))::uuid[], \(entries.map(\.isEmergency))::boolean[]) WITH ORDINALITY
      AS n(id, is_emergency, place)
    WHERE e.hospital_id = \(hospital) AND e.id = n.id
      AND (e.place, e.is_emergency) IS DISTINCT FROM (n.place, n.is_emergency)
    """
  }

  static func count(_ last: Int64, of queue: DayQueueID, in hospital: HospitalID) -> SQL {
    """
    UPDATE day_queues SET version = version + 1, last_number = \(last)
    WHERE hospital_id = \(hospital) AND id = \(queue)
    """
  }

  /// Where somebody waits, or is seen, for an appointment.
  static func entry(of appointment: AppointmentID, in hospital: HospitalID) -> SQL {
    """
    SELECT e.id, e.queue_id FROM queue_entries e
    WHERE e.hospital_id = \(hospital) AND e.appointment_id = \(appointment) AND e.state IN ('waiting', 'in_progress')
    """
  }

  static func queue(of entry: QueueEntryID, in hospital: HospitalID) -> SQL {
    "SELECT e.queue_id FROM queue_entries e WHERE e.hospital_id = \(hospital) AND e.id = \(entry)"
  }

  static func set(_ entry: QueueEntryID, _ state: QueueState, in hospital: HospitalID) -> SQL {
    """
    UPDATE queue_entries SET state = \(state.rawValue),
      started_at = CASE WHEN \(state == .inProgress) THEN ward.now() ELSE started_at END,
      ended_at = CASE WHEN \(state == .done || state == .left) THEN ward.now() END
    WHERE hospital_id = \(hospital) AND id = \(entry)
    """
  }

  /// How somebody stands; his last entry where he waited more than once.
  static func standing(_ condition: SQL, in hospital: HospitalID) -> SQL {
    """
    SELECT e.id, e.queue_id, e.number, e.state, q.doctor_id, q.day::text AS day,
      (SELECT count(*) FROM queue_entries o WHERE o.hospital_id = e.hospital_id AND o.queue_id = e.queue_id
        AND o.state = 'waiting' AND (o.place, o.id) <= (e.place, e.id)) AS position,
      (SELECT count(*) FROM queue_entries o WHERE o.hospital_id = e.hospital_id AND o.queue_id = e.queue_id
        AND o.state = 'in_progress') AS in_progress,
      COALESCE((SELECT r.average_minutes FROM resources r
        WHERE r.hospital_id = q.hospital_id AND r.user_id = q.doctor_id), 15) AS average_minutes
    FROM queue_entries e JOIN day_queues q ON q.hospital_id = e.hospital_id AND q.id = e.queue_id
    WHERE e.hospital_id = \(hospital) AND \(sql: condition) ORDER BY e.id DESC LIMIT 1
    """
  }

  static func of(_ appointment: AppointmentID) -> SQL { "e.appointment_id = \(appointment)" }

  static func of(_ entry: QueueEntryID, in queue: DayQueueID) -> SQL { "e.queue_id = \(queue) AND e.id = \(entry)" }

  /// How the patient of an appointment stands; nothing of an entry where he has not come.
  static func place(of appointment: AppointmentID, in hospital: HospitalID) -> SQL {
    """
    SELECT a.id AS appointment_id, a.doctor_id, COALESCE(e.day, (a.starts_at AT TIME ZONE h.time_zone)::date::text) AS day,
      e.id, e.queue_id, e.number, e.state, e.position, e.in_progress, e.average_minutes
    FROM appointments a JOIN hospitals h ON h.id = a.hospital_id
    LEFT JOIN LATERAL (\(sql: standing(of(appointment), in: hospital))) e ON true
    WHERE a.hospital_id = \(hospital) AND a.id = \(appointment)
    """
  }

  /// The queues of a day in numbers.
  static func figures(on day: String?, in hospital: HospitalID) -> ShortList {
    ShortList(
      """
      (SELECT q.hospital_id, q.doctor_id, q.day, q.version,
          count(*) FILTER (WHERE e.state = 'waiting') AS waiting,
          count(*) FILTER (WHERE e.state = 'in_progress') AS in_progress,
          count(*) FILTER (WHERE e.state = 'done') AS done, count(*) FILTER (WHERE e.state = 'left') AS left_early,
          count(*) FILTER (WHERE e.is_emergency) AS emergencies,
          round(avg(extract(epoch FROM e.started_at - e.joined_at)) / 60, 1)::double precision AS waited,
          round(avg(extract(epoch FROM e.ended_at - e.started_at)) FILTER (WHERE e.state = 'done') / 60, 1)::double precision
            AS lasted
        FROM day_queues q JOIN hospitals h ON h.id = q.hospital_id
        LEFT JOIN queue_entries e ON e.hospital_id = q.hospital_id AND e.queue_id = q.id
        WHERE q.hospital_id = \(hospital) AND q.day = COALESCE(\(day)::date, (ward.now() AT TIME ZONE h.time_zone)::date)
        GROUP BY 1, 2, 3, 4) f WHERE true
      """, order: [.init("f.doctor_id", "uuid")])
  }
}
