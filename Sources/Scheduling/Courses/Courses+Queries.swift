import Core
import Operations
import Postgres
import Tenancy

/// The statements of courses.
enum CourseQueries {
  /// The sessions of one as a column of its own, in their order.
  static let sessionStates: SQL = """
    (SELECT jsonb_agg(jsonb_build_object('number', s.number, 'plannedAt',
        to_char(s.planned_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'status', s.status,
        'appointmentId', s.appointment_id) ORDER BY s.number)
      FROM course_sessions s WHERE s.hospital_id = c.hospital_id AND s.course_id = c.id)
    """

  static func insert(_ id: CourseID, _ plan: BookCourse.Plan, in hospital: HospitalID, by user: UserID) -> SQL {
    """
    INSERT INTO courses (hospital_id, id, patient_id, doctor_id, service, minutes, location_id, resource_ids, sessions,
      every_days, created_by)
    VALUES (\(hospital), \(id), \(plan.patient), \(plan.doctor), \(plan.service.name), \(plan.minutes), \(plan.location),
      \(plan.resources.map(\.rawValue))::uuid[], \(plan.sessions), \(plan.everyDays), \(user))
    """
  }

  /// At the same time on the hospital's clocks, also where they change in between.
  static func insertSessions(_ id: CourseID, _ plan: BookCourse.Plan, in hospital: HospitalID) -> SQL {
    """
    INSERT INTO course_sessions (hospital_id, course_id, number, planned_at)
    SELECT h.id, \(id), n,
      ((\(plan.start)::timestamptz AT TIME ZONE h.time_zone) + make_interval(days => (n - 1) * \(plan.everyDays)))
        AT TIME ZONE h.time_zone
    FROM hospitals h, generate_series(1, \(plan.sessions)) AS n WHERE h.id = \(hospital)
    """
  }

  /// Whether what each session takes is there; always one row.
  static func places(_ location: LocationID?, _ resources: [ResourceID], in hospital: HospitalID) -> SQL {
    """
    SELECT (\(location)::uuid IS NULL OR EXISTS (SELECT 1 FROM locations l
        WHERE l.hospital_id = \(hospital) AND l.id = \(location) AND l.is_active)) AS has_location,
      (SELECT count(*) FROM resources r WHERE r.hospital_id = \(hospital) AND r.kind <> 'doctor' AND r.is_active
        AND r.id = ANY (\(resources.map(\.rawValue))::uuid[])) AS resources
    """
  }

  static func find(_ id: CourseID, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: CourseKind.shape.sqlColumns) FROM courses c WHERE c.hospital_id = \(hospital) AND c.id = \(id)
    """
  }

  static func lock(_ id: CourseID, in hospital: HospitalID) -> SQL {
    """
    SELECT c.patient_id, c.doctor_id, c.service, c.minutes, c.location_id, c.resource_ids, c.every_days, c.status
    FROM courses c WHERE c.hospital_id = \(hospital) AND c.id = \(id) FOR UPDATE OF c
    """
  }

  static func list(_ status: CourseStatus?, of doctor: UserID?, in hospital: HospitalID) -> ShortList {
    ShortList(
      """
      courses c WHERE c.hospital_id = \(hospital) AND (\(status?.rawValue)::text IS NULL OR c.status = \(status?.rawValue))
        AND (\(doctor)::uuid IS NULL OR c.doctor_id = \(doctor))
      """, order: [.init("c.created_at", "timestamptz"), .init("c.id", "uuid")])
  }

  /// A session that waits to be booked, with the days on which it may be: the planned one first.
  static func planned(_ number: Int, of course: CourseID, in hospital: HospitalID) -> SQL {
    """
    SELECT ((s.planned_at AT TIME ZONE h.time_zone) + make_interval(days => d)) AT TIME ZONE h.time_zone AS starts_at
    FROM course_sessions s JOIN hospitals h ON h.id = s.hospital_id
    JOIN courses c ON c.hospital_id = s.hospital_id AND c.id = s.course_id
    CROSS JOIN generate_series(0, least(c.every_days - 1, 3)) AS d
    WHERE s.hospital_id = \(hospital) AND s.course_id = \(course) AND s.number = \(number) AND s.status = 'planned'
    ORDER BY d
    """
  }

  static func set(
    _ number: Int, of course: CourseID, _ status: SessionStatus, appointment: AppointmentID?, in hospital: HospitalID
  ) -> SQL {
    """
    UPDATE course_sessions SET status = \(status.rawValue), appointment_id = \(appointment)
    WHERE hospital_id = \(hospital) AND course_id = \(course) AND number = \(number)
    """
  }

  /// When the last session has been tried, all of them are booked or some are not.
  static func settle(_ course: CourseID, in hospital: HospitalID) -> SQL {
    """
    UPDATE courses c SET version = c.version + 1, status = CASE
        WHEN EXISTS (SELECT 1 FROM course_sessions s WHERE s.hospital_id = c.hospital_id AND s.course_id = c.id
          AND s.status = 'planned') THEN 'booking'
        WHEN EXISTS (SELECT 1 FROM course_sessions s WHERE s.hospital_id = c.hospital_id AND s.course_id = c.id
          AND s.status = 'failed') THEN 'incomplete'
        ELSE 'booked' END
    WHERE c.hospital_id = \(hospital) AND c.id = \(course) AND c.status = 'booking'
    """
  }

  /// An appointment of a course came to its end.
  static func end(_ appointment: AppointmentID, _ status: SessionStatus, in hospital: HospitalID) -> SQL {
    """
    UPDATE course_sessions SET status = \(status.rawValue)
    WHERE hospital_id = \(hospital) AND appointment_id = \(appointment) AND status = 'booked'
    """
  }

  /// A course is over with its last session.
  static func finish(_ course: CourseID, in hospital: HospitalID) -> SQL {
    """
    UPDATE courses c SET status = 'completed', version = c.version + 1
    WHERE c.hospital_id = \(hospital) AND c.id = \(course) AND c.status IN ('booked', 'incomplete')
      AND NOT EXISTS (SELECT 1 FROM course_sessions s WHERE s.hospital_id = c.hospital_id AND s.course_id = c.id
        AND s.status IN ('planned', 'booked'))
    """
  }

  /// Those that can still be given back: a session that has begun goes on.
  static func coming(_ course: CourseID, in hospital: HospitalID) -> SQL {
    """
    SELECT a.id FROM appointments a
    WHERE a.hospital_id = \(hospital) AND a.course_id = \(course) AND a.status IN ('held', 'scheduled', 'confirmed')
      AND a.starts_at > ward.now() ORDER BY a.starts_at
    """
  }

  static func cancelPlanned(_ course: CourseID, in hospital: HospitalID) -> SQL {
    """
    UPDATE course_sessions SET status = 'cancelled'
    WHERE hospital_id = \(hospital) AND course_id = \(course) AND status IN ('planned', 'failed')
    """
  }

  static func cancel(_ course: CourseID, in hospital: HospitalID) -> SQL {
    """
    UPDATE courses SET status = 'cancelled', version = version + 1 WHERE hospital_id = \(hospital) AND id = \(course)
    """
  }
}
