import Core
import Operations
import Postgres

/// The statements of schedules on call.
enum OnCallQueries {
  static let limit = 100

  static func list(in hospital: HospitalID, department: DepartmentID?) -> ShortList {
    ShortList(
      """
      on_call_schedules s WHERE s.hospital_id = \(hospital)
        AND (\(department)::uuid IS NULL OR s.department_id = \(department))
      """, order: [.init("s.name", "text"), .init("s.id", "uuid")])
  }

  static func find(_ id: OnCallScheduleID, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: OnCallScheduleKind.shape.sqlColumns) FROM on_call_schedules s
    WHERE s.hospital_id = \(hospital) AND s.id = \(id)
    """
  }

  /// No row when the hospital has as many as it may have; a taken name is the constraint's business.
  static func insert(_ id: OnCallScheduleID, in hospital: HospitalID, _ new: CreateOnCallSchedule) -> SQL {
    """
    INSERT INTO on_call_schedules AS s (hospital_id, id, name, department_id, role, layers)
    SELECT \(hospital), \(id), \(new.name.text), \(new.departmentId), \(new.role?.rawValue), \(new.layers.stored)
    WHERE (SELECT count(*) FROM on_call_schedules WHERE hospital_id = \(hospital)) < \(limit)
    RETURNING \(sql: OnCallScheduleKind.shape.sqlColumns)
    """
  }

  static func update(_ edit: UpdateOnCallSchedule, in hospital: HospitalID) -> SQL {
    """
    UPDATE on_call_schedules s SET name = COALESCE(\(edit.name?.text), s.name),
      department_id = COALESCE(\(edit.departmentId), s.department_id), role = COALESCE(\(edit.role?.rawValue), s.role),
      layers = COALESCE(\(edit.layers?.stored), s.layers), version = s.version + 1
    WHERE s.hospital_id = \(hospital) AND s.id = \(edit.scheduleId) AND s.version = \(edit.version.value)
    RETURNING \(sql: OnCallScheduleKind.shape.sqlColumns)
    """
  }

  static func delete(_ id: OnCallScheduleID, in hospital: HospitalID) -> SQL {
    """
    DELETE FROM on_call_schedules s WHERE s.hospital_id = \(hospital) AND s.id = \(id)
    RETURNING \(sql: OnCallScheduleKind.shape.sqlColumns)
    """
  }

  /// Those of the people who work here.
  static func staff(_ people: [UserID], in hospital: HospitalID) -> SQL {
    """
    SELECT user_id FROM memberships WHERE hospital_id = \(hospital)
      AND user_id = ANY (\(people.map(\.rawValue))::uuid[]) AND is_active AND role <> 'patient'
    """
  }

  // Overrides

  /// Held so that two who stand in are written one after the other.
  static func lock(_ id: OnCallScheduleID, in hospital: HospitalID) -> SQL {
    "SELECT 1 FROM on_call_schedules WHERE hospital_id = \(hospital) AND id = \(id) FOR NO KEY UPDATE"
  }

  static func insert(_ id: OnCallOverrideID, in hospital: HospitalID, _ new: AddOverride, by author: UserID) -> SQL {
    """
    INSERT INTO on_call_overrides AS o (hospital_id, id, schedule_id, user_id, starts_at, ends_at, created_by)
    VALUES (\(hospital), \(id), \(new.scheduleId), \(new.userId), \(new.from), \(new.to), \(author))
    ON CONFLICT DO NOTHING RETURNING \(sql: OnCallOverrideKind.shape.sqlColumns)
    """
  }

  static func overlap(_ new: AddOverride, in hospital: HospitalID) -> SQL {
    """
    SELECT o.id, o.starts_at, o.ends_at FROM on_call_overrides o
    WHERE o.hospital_id = \(hospital) AND o.schedule_id = \(new.scheduleId) AND o.starts_at < \(new.to)
      AND o.ends_at > \(new.from) ORDER BY o.starts_at LIMIT 1
    """
  }

  static func delete(_ id: OnCallOverrideID, of schedule: OnCallScheduleID, in hospital: HospitalID) -> SQL {
    """
    DELETE FROM on_call_overrides o
    WHERE o.hospital_id = \(hospital) AND o.schedule_id = \(schedule) AND o.id = \(id)
    RETURNING \(sql: OnCallOverrideKind.shape.sqlColumns)
    """
  }

  // What the plans of a period are made of

  static func schedules(_ id: OnCallScheduleID?, in hospital: HospitalID) -> SQL {
    """
    SELECT s.id, s.name, s.department_id, s.role, s.layers::text AS layers FROM on_call_schedules s
    WHERE s.hospital_id = \(hospital) AND (\(id)::uuid IS NULL OR s.id = \(id)) ORDER BY s.name, s.id
    """
  }

  static func overrides(of id: OnCallScheduleID?, in hospital: HospitalID, from: Timestamp, to: Timestamp) -> SQL {
    """
    SELECT o.id, o.schedule_id, o.user_id, o.starts_at, o.ends_at FROM on_call_overrides o
    WHERE o.hospital_id = \(hospital) AND (\(id)::uuid IS NULL OR o.schedule_id = \(id))
      AND o.starts_at <= \(to) AND o.ends_at > \(from) ORDER BY o.starts_at
    """
  }

  /// Everybody whom a schedule names, and whether he is still there.
  static func people(of id: OnCallScheduleID?, in hospital: HospitalID) -> SQL {
    """
    SELECT m.user_id, u.name, m.role, m.is_active AND u.is_active AS is_there
    FROM memberships m JOIN users u ON u.id = m.user_id
    WHERE m.hospital_id = \(hospital) AND m.user_id IN (
      SELECT p::uuid FROM on_call_schedules s, jsonb_array_elements(s.layers) AS l,
        jsonb_array_elements_text(l -> 'participants') AS p
      WHERE s.hospital_id = \(hospital) AND (\(id)::uuid IS NULL OR s.id = \(id))
      UNION SELECT o.user_id FROM on_call_overrides o
      WHERE o.hospital_id = \(hospital) AND (\(id)::uuid IS NULL OR o.schedule_id = \(id)))
    """
  }

  /// The offset of the hospital's zone some days before the period, and each change until some days after it. A day's
  /// offset that differs from the day before's is looked for quarter hour by quarter hour: clocks change at no other.
  static func offsets(in hospital: HospitalID, from: Timestamp, to: Timestamp) -> SQL {
    """
    WITH zone AS (SELECT time_zone AS name FROM hospitals WHERE id = \(hospital)),
    days AS (
      SELECT t, extract(epoch FROM (t AT TIME ZONE z.name) - (t AT TIME ZONE 'UTC'))::bigint AS seconds
      FROM zone z, generate_series(
        date_trunc('hour', \(from)::timestamptz) - interval '4 days', \(to)::timestamptz + interval '4 days',
        interval '1 day') AS t),
    steps AS (SELECT t, seconds, lag(seconds) OVER (ORDER BY t) AS earlier FROM days)
    SELECT t AS starts_at, seconds FROM steps WHERE earlier IS NULL
    UNION ALL
    SELECT (SELECT min(q) FROM zone z,
        generate_series(s.t - interval '1 day', s.t, interval '15 minutes') AS q
      WHERE extract(epoch FROM (q AT TIME ZONE z.name) - (q AT TIME ZONE 'UTC'))::bigint = s.seconds), s.seconds
    FROM steps s WHERE s.seconds <> s.earlier
    """
  }
}
