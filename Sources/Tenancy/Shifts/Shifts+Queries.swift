import Core
import Operations
import Postgres

/// The statements of planned shifts and weekly hours.
enum ShiftQueries {
  /// Somebody of the staff, held so that two shifts of his are planned one after the other; no row for anybody else.
  static func lock(_ person: UserID, in hospital: HospitalID) -> SQL {
    """
    SELECT is_active FROM memberships
    WHERE hospital_id = \(hospital) AND user_id = \(person) AND role <> 'patient' FOR NO KEY UPDATE
    """
  }

  /// What lies, wholly or in part, between two moments.
  static func list(_ filter: ListShifts, in hospital: HospitalID) -> ShortList {
    ShortList(
      """
      shifts s WHERE s.hospital_id = \(hospital)
        AND (\(filter.from)::timestamptz IS NULL
          OR s.ends_at > \(filter.from) AND s.starts_at > \(filter.from)::timestamptz - interval '24 hours')
        AND (\(filter.to)::timestamptz IS NULL OR s.starts_at < \(filter.to))
        AND (\(filter.userId)::uuid IS NULL OR s.user_id = \(filter.userId))
        AND (\(filter.departmentId)::uuid IS NULL OR s.department_id = \(filter.departmentId))
      """, order: [.init("s.starts_at", "timestamptz"), .init("s.id", "uuid")])
  }

  /// No row when the person has another shift at that time.
  static func insert(_ id: ShiftID, in hospital: HospitalID, _ new: CreateShift, _ span: ShiftSpan, by author: UserID)
    -> SQL
  {
    """
    INSERT INTO shifts AS s (hospital_id, id, user_id, department_id, starts_at, ends_at, created_by)
    VALUES (\(hospital), \(id), \(new.userId), \(new.departmentId), \(span.from), \(span.to), \(author))
    ON CONFLICT DO NOTHING RETURNING \(sql: ShiftKind.shape.sqlColumns)
    """
  }

  /// The shift of a person that lies over a span.
  static func overlap(of person: UserID, in hospital: HospitalID, _ span: ShiftSpan, besides id: ShiftID?) -> SQL {
    """
    SELECT s.id, s.starts_at, s.ends_at FROM shifts s
    WHERE s.hospital_id = \(hospital) AND s.user_id = \(person) AND s.starts_at < \(span.to)
      AND s.starts_at > \(span.from)::timestamptz - interval '24 hours' AND s.ends_at > \(span.from)
      AND (\(id)::uuid IS NULL OR s.id <> \(id))
    ORDER BY s.starts_at LIMIT 1
    """
  }

  static func find(_ id: ShiftID, in hospital: HospitalID) -> SQL {
    """
    SELECT user_id, starts_at, ends_at, version FROM shifts WHERE hospital_id = \(hospital) AND id = \(id)
    """
  }

  static func update(_ edit: UpdateShift, in hospital: HospitalID, _ span: ShiftSpan) -> SQL {
    """
    UPDATE shifts s SET starts_at = \(span.from), ends_at = \(span.to),
      department_id = COALESCE(\(edit.departmentId), s.department_id), version = s.version + 1
    WHERE s.hospital_id = \(hospital) AND s.id = \(edit.shiftId) AND s.version = \(edit.version.value)
    RETURNING \(sql: ShiftKind.shape.sqlColumns)
    """
  }

  static func delete(_ id: ShiftID, in hospital: HospitalID) -> SQL {
    """
    DELETE FROM shifts s WHERE s.hospital_id = \(hospital) AND s.id = \(id)
    RETURNING \(sql: ShiftKind.shape.sqlColumns)
    """
  }

  // Weekly hours

  static func schedule(of person: UserID, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: ShiftScheduleKind.shape.sqlColumns) FROM memberships m
    LEFT JOIN shift_schedules s ON s.hospital_id = m.hospital_id AND s.user_id = m.user_id
    WHERE m.hospital_id = \(hospital) AND m.user_id = \(person) AND m.role <> 'patient'
    """
  }

  /// No row when the version is another one.
  static func setSchedule(_ edit: SetShiftSchedule, in hospital: HospitalID) -> SQL {
    """
    INSERT INTO shift_schedules AS s (hospital_id, user_id, week)
    SELECT \(hospital), \(edit.userId), \(edit.week.stored)
    WHERE \(edit.version.value) = 0 OR EXISTS (SELECT FROM shift_schedules
      WHERE hospital_id = \(hospital) AND user_id = \(edit.userId))
    ON CONFLICT (hospital_id, user_id) DO UPDATE SET week = excluded.week, version = s.version + 1
      WHERE s.version = \(edit.version.value)
    RETURNING 1
    """
  }
}
