import Core
import Operations
import Postgres
import Tenancy

/// The statements of hours, exceptions and what is open.
enum AvailabilityQueries {
  // Whose hours they are

  /// No row where the hospital has no such person of its staff.
  static func hours(of doctor: UserID, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: DoctorHoursKind.shape.sqlColumns) FROM memberships m
    LEFT JOIN resources r ON r.hospital_id = m.hospital_id AND r.user_id = m.user_id
    WHERE m.hospital_id = \(hospital) AND m.user_id = \(doctor) AND m.role <> 'patient'
    """
  }

  /// The doctor's own resource is made when it is first needed; no row where it is there.
  static func ensureResource(_ id: ResourceID, of doctor: UserID, in hospital: HospitalID) -> SQL {
    """
    INSERT INTO resources (hospital_id, id, kind, user_id, version)
    SELECT m.hospital_id, \(id), 'doctor', m.user_id, 0 FROM memberships m
    WHERE m.hospital_id = \(hospital) AND m.user_id = \(doctor) AND m.role <> 'patient'
    ON CONFLICT DO NOTHING RETURNING id
    """
  }

  static func lockResource(of doctor: UserID, in hospital: HospitalID) -> SQL {
    """
    SELECT id, version FROM resources WHERE hospital_id = \(hospital) AND user_id = \(doctor) FOR NO KEY UPDATE
    """
  }

  static func update(_ edit: SetHours, of resource: ResourceID, in hospital: HospitalID) -> SQL {
    """
    UPDATE resources SET version = version + 1, capacity = COALESCE(\(edit.capacity?.value), capacity),
      average_minutes = COALESCE(\(edit.averageMinutes?.value), average_minutes),
      fee_minor = COALESCE(\(edit.feeMinor?.value)::bigint, fee_minor)
    WHERE hospital_id = \(hospital) AND id = \(resource)
    """
  }

  static func deleteHours(of resource: ResourceID, in hospital: HospitalID) -> SQL {
    "DELETE FROM working_hours WHERE hospital_id = \(hospital) AND resource_id = \(resource)"
  }

  static func insertHours(_ hours: [WorkingHours], of resource: ResourceID, in hospital: HospitalID, at now: Timestamp)
    -> SQL
  {
    """
    INSERT INTO working_hours (hospital_id, id, resource_id, location_id, weekday, starts_at, ends_at, valid_from,
      valid_until, average_minutes, is_active)
    SELECT \(hospital), h.id, \(resource), h.location, h.day, h.starts::time, h.ends::time,
      COALESCE(h.valid_from::date, '0001-01-01'), COALESCE(h.valid_until::date, '9999-12-31'), h.minutes, h.active
    FROM unnest(\(hours.map { _ in Identifier<AnyEntity>.new(at: now).rawValue })::uuid[],
      \(hours.map { $0.locationId?.rawValue })::uuid[], \(hours.map { $0.day.value })::smallint[],
      \(hours.map(\.start.text))::text[], \(hours.map(\.end.text))::text[], \(hours.map { $0.from?.text })::text[],
      \(hours.map { $0.until?.text })::text[], \(hours.map { $0.averageMinutes?.value })::smallint[],
      \(hours.map { $0.isActive ?? true })::boolean[])
      AS h (id, location, day, starts, ends, valid_from, valid_until, minutes, active)
    """
  }

  /// Which of the locations the hospital has.
  static func locations(_ ids: [LocationID], in hospital: HospitalID) -> SQL {
    """
    SELECT id FROM locations WHERE hospital_id = \(hospital) AND id = ANY (\(ids.map(\.rawValue))::uuid[]) AND is_active
    """
  }

  // Exceptions

  static func exceptions(of doctor: UserID, in hospital: HospitalID, from: Timestamp?) -> ShortList {
    ShortList(
      """
      availability_exceptions e JOIN resources r ON r.hospital_id = e.hospital_id AND r.id = e.resource_id
      WHERE e.hospital_id = \(hospital) AND r.user_id = \(doctor)
        AND (\(from)::timestamptz IS NULL OR e.ends_at > \(from))
      """, order: [.init("e.starts_at", "timestamptz"), .init("e.id", "uuid")])
  }

  /// Which of these there are in the hospital.
  static func known(
    _ doctor: UserID?, _ department: DepartmentID?, _ location: LocationID?, in hospital: HospitalID
  ) -> SQL {
    """
    SELECT EXISTS (SELECT FROM memberships WHERE hospital_id = \(hospital) AND user_id = \(doctor)
        AND role <> 'patient') AS "doctorId",
      EXISTS (SELECT FROM departments WHERE hospital_id = \(hospital) AND id = \(department)) AS "departmentId",
      EXISTS (SELECT FROM locations WHERE hospital_id = \(hospital) AND id = \(location)) AS "locationId"
    """
  }

  static func isStaff(_ doctor: UserID, in hospital: HospitalID) -> SQL {
    """
    SELECT 1 FROM memberships WHERE hospital_id = \(hospital) AND user_id = \(doctor) AND role <> 'patient'
    """
  }

  /// A whole day is one of the place's clocks. No row where the doctor has too many already.
  static func insert(
    _ id: AvailabilityExceptionID, _ new: AddException, of resource: ResourceID, in hospital: HospitalID, by: UserID
  ) -> SQL {
    """
    INSERT INTO availability_exceptions AS e (hospital_id, id, resource_id, kind, location_id, starts_at, ends_at, title,
      created_by)
    SELECT \(hospital), \(id), \(resource), \(new.kind.rawValue), \(new.locationId),
      COALESCE(\(new.from)::timestamptz, \(new.date?.text)::date::timestamp AT TIME ZONE z.name),
      COALESCE(\(new.to)::timestamptz,
        (COALESCE(\(new.untilDate?.text), \(new.date?.text))::date + 1)::timestamp AT TIME ZONE z.name),
      \(new.title?.text), \(by)
    FROM (SELECT COALESCE((SELECT l.time_zone FROM locations l WHERE l.hospital_id = \(hospital)
      AND l.id = \(new.locationId)), (SELECT h.time_zone FROM hospitals h WHERE h.id = \(hospital))) AS name) z
    WHERE (SELECT count(*) FROM availability_exceptions o WHERE o.hospital_id = \(hospital)
      AND o.resource_id = \(resource) AND o.ends_at > ward.now()) < \(AddException.limit)
    RETURNING \(sql: AvailabilityExceptionKind.shape.sqlColumns)
    """
  }

  static func delete(_ id: AvailabilityExceptionID, in hospital: HospitalID) -> SQL {
    """
    DELETE FROM availability_exceptions e WHERE e.hospital_id = \(hospital) AND e.id = \(id)
    RETURNING \(sql: AvailabilityExceptionKind.shape.sqlColumns), e.resource_id AS resource
    """
  }

  // What the hours come to

  static func overview(of doctor: UserID, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: AvailabilityOverviewKind.shape.sqlColumns) FROM memberships m
    LEFT JOIN resources r ON r.hospital_id = m.hospital_id AND r.user_id = m.user_id
    LEFT JOIN availability_overviews v ON v.hospital_id = r.hospital_id AND v.resource_id = r.id
    WHERE m.hospital_id = \(hospital) AND m.user_id = \(doctor) AND m.role <> 'patient'
    """
  }

  /// What is booked and not begun; what somebody booked above the hours stays where it is.
  static func upcoming(of doctor: UserID, in hospital: HospitalID, from: Timestamp, to: Timestamp) -> SQL {
    """
    SELECT id, starts_at, ends_at FROM appointments WHERE hospital_id = \(hospital) AND doctor_id = \(doctor)
      AND starts_at >= \(from) AND starts_at < \(to) AND status IN ('held', 'scheduled', 'confirmed')
      AND override_by IS NULL
    ORDER BY starts_at, id LIMIT 2000
    """
  }

  static func keepOverview(
    of resource: ResourceID, in hospital: HospitalID, days: JSONB, outside: [AppointmentID], at now: Timestamp
  ) -> SQL {
    """
    INSERT INTO availability_overviews (hospital_id, resource_id, days, outside, computed_at)
    VALUES (\(hospital), \(resource), \(days), \(outside.map(\.rawValue))::uuid[], \(now))
    ON CONFLICT (hospital_id, resource_id) DO UPDATE SET days = excluded.days, outside = excluded.outside,
      computed_at = excluded.computed_at
    """
  }

  // What is open and what is taken, of many at once

  /// One row for each person and each of his hours; one without hours for who has none.
  static func plans(_ who: OpeningBook.Who, in hospital: HospitalID) -> SQL {
    """
    SELECT m.user_id, r.id AS resource_id, COALESCE(r.capacity, 1) AS capacity,
      COALESCE(r.average_minutes, 15) AS average_minutes,
      m.is_active AND COALESCE(r.is_active, true) AS is_active, w.id IS NOT NULL AS has_hours,
      COALESCE(w.is_active, false) AS is_open, w.weekday, w.location_id, w.average_minutes AS step,
      (extract(epoch FROM w.starts_at) / 60)::integer AS starts, (extract(epoch FROM w.ends_at) / 60)::integer AS ends,
      w.valid_from - date '1970-01-01' AS valid_from, w.valid_until - date '1970-01-01' AS valid_until
    FROM memberships m
    LEFT JOIN resources r ON r.hospital_id = m.hospital_id AND r.user_id = m.user_id
    LEFT JOIN working_hours w ON w.hospital_id = r.hospital_id AND w.resource_id = r.id
    WHERE m.hospital_id = \(hospital) AND \(sql: condition(who)) ORDER BY m.user_id
    """
  }

  private static func condition(_ who: OpeningBook.Who) -> SQL {
    switch who {
    case .one(let id): "m.user_id = \(id) AND m.role <> 'patient'"
    case .all(let department):
      """
      m.is_active AND (m.role IN ('doctor', 'head_doctor') OR m.role <> 'patient' AND r.id IS NOT NULL)
        AND (\(department)::uuid IS NULL OR m.department_id = \(department))
      """
    }
  }

  /// Exceptions and what is taken between two moments, in microseconds since 1970: a row for each exception and for each
  /// seat, since of one seat there may be hundreds.
  static func changes(_ who: OpeningBook.Who, in hospital: HospitalID, from: Timestamp, to: Timestamp) -> SQL {
    // Not "he or everybody" in one statement: a plan for both would read everybody's times for one.
    let theirs: SQL =
      switch who {
      case .one(let id): "r.user_id = \(id)"
      case .all: "true"
      }
    return """
      SELECT e.resource_id, e.kind, 0::smallint AS seat, e.location_id,
        ARRAY[(date_part('epoch', e.starts_at) * 1000000)::bigint] AS starts,
        ARRAY[(date_part('epoch', e.ends_at) * 1000000)::bigint] AS ends
      FROM resources r JOIN availability_exceptions e ON e.hospital_id = r.hospital_id AND e.resource_id = r.id
      WHERE r.hospital_id = \(hospital) AND \(sql: theirs)
        AND e.starts_at < \(to) AND e.ends_at > \(from)
        AND e.starts_at > \(from)::timestamptz - interval '8784 hours'
      UNION ALL
      SELECT t.resource_id, 'taken', t.seat, NULL, array_agg((date_part('epoch', t.starts_at) * 1000000)::bigint),
        array_agg((date_part('epoch', t.ends_at) * 1000000)::bigint)
      FROM (
        SELECT o.resource_id, o.seat, o.starts_at, o.ends_at
        FROM resources r JOIN occupancy o ON o.hospital_id = r.hospital_id AND o.resource_id = r.id
        WHERE r.hospital_id = \(hospital) AND r.kind = 'doctor' AND \(sql: theirs)
          AND o.starts_at < \(to) AND o.starts_at > \(from)::timestamptz - interval '25 hours' AND o.ends_at > \(from)
          AND o.appointment_id IS NOT NULL
        UNION ALL
        SELECT o.resource_id, o.seat, o.starts_at, o.ends_at
        FROM resources r JOIN occupancy o ON o.hospital_id = r.hospital_id AND o.resource_id = r.id
        WHERE r.hospital_id = \(hospital) AND r.kind = 'doctor' AND \(sql: theirs)
          AND o.appointment_id IS NULL AND o.ends_at > \(from) AND o.starts_at < \(to)) t
      GROUP BY t.resource_id, t.seat
      """
  }

  /// The zones of the hospital and of those of its locations that have one of their own.
  static func places(in hospital: HospitalID) -> SQL {
    """
    SELECT NULL::uuid AS location_id, time_zone AS name FROM hospitals WHERE id = \(hospital)
    UNION ALL SELECT id, time_zone FROM locations WHERE hospital_id = \(hospital) AND time_zone IS NOT NULL
    """
  }

  /// The offsets of zones: some days before the period, and each change until some days after it. A day's offset that
  /// differs from the day before's is looked for quarter hour by quarter hour: clocks change at no other.
  static func offsets(of zones: [String], from: Timestamp, to: Timestamp) -> SQL {
    """
    WITH days AS (
      SELECT z.name, t, extract(epoch FROM (t AT TIME ZONE z.name) - (t AT TIME ZONE 'UTC'))::bigint AS seconds
      FROM unnest(\(zones)::text[]) AS z (name), generate_series(
        date_trunc('hour', \(from)::timestamptz) - interval '4 days', \(to)::timestamptz + interval '4 days',
        interval '1 day') AS t),
    steps AS (SELECT name, t, seconds, lag(seconds) OVER (PARTITION BY name ORDER BY t) AS earlier FROM days)
    SELECT name, t AS starts_at, seconds FROM steps WHERE earlier IS NULL
    UNION ALL
    SELECT s.name, (SELECT min(q) FROM generate_series(s.t - interval '1 day', s.t, interval '15 minutes') AS q
      WHERE extract(epoch FROM (q AT TIME ZONE s.name) - (q AT TIME ZONE 'UTC'))::bigint = s.seconds), s.seconds
    FROM steps s WHERE s.seconds <> s.earlier
    """
  }
}
