import Core
import FoundationEssentials
import Operations
import Postgres

/// The statements of taking and giving back time.
enum BookingQueries {
  /// Two bookings of one patient are made one after the other, so that the second finds the first.
  static func oneAtATime(_ patient: PatientID, in hospital: HospitalID) -> SQL {
    "SELECT pg_advisory_xact_lock(hashtextextended(\("appointments.book \(hospital.text) \(patient.text)"), 0))"
  }

  /// The same for several, in one order for everybody.
  static func oneAtATime(_ patients: [PatientID], in hospital: HospitalID) -> SQL {
    """
    SELECT pg_advisory_xact_lock(hashtextextended('appointments.book ' || \(hospital.text)::text || ' ' || p.id, 0))
    FROM (SELECT id FROM unnest(\(patients.map(\.text))::text[]) AS wanted (id) ORDER BY id OFFSET 0) p
    """
  }

  /// Locked in the order of their ids.
  static func resources(of doctors: [UserID], in hospital: HospitalID) -> SQL {
    """
    SELECT r.id FROM resources r WHERE r.hospital_id = \(hospital) AND r.user_id = ANY (\(doctors.map(\.rawValue)))
    ORDER BY r.id FOR NO KEY UPDATE
    """
  }

  /// A doctor's resource, where he has none yet.
  static func ensureDoctor(_ doctor: UserID, roles: [String], _ id: ResourceID, in hospital: HospitalID) -> SQL {
    """
    INSERT INTO resources (hospital_id, id, kind, user_id)
    SELECT m.hospital_id, \(id), 'doctor', m.user_id FROM memberships m
    WHERE m.hospital_id = \(hospital) AND m.user_id = \(doctor) AND m.is_active AND m.role = ANY (\(roles))
      AND NOT EXISTS (SELECT 1 FROM resources r WHERE r.hospital_id = \(hospital) AND r.user_id = \(doctor))
    ON CONFLICT (hospital_id, user_id) DO NOTHING
    """
  }

  /// Whether what the request names is there, and which appointment is the same booked before and not over; always one
  /// row.
  static func ground(_ plan: BookingPlan) -> SQL {
    let (request, hospital) = (plan.request, plan.hospital)
    return """
      SELECT
        EXISTS (SELECT 1 FROM patients p WHERE p.hospital_id = \(hospital) AND p.id = \(request.patient)) AS has_patient,
        EXISTS (SELECT 1 FROM memberships m WHERE m.hospital_id = \(hospital) AND m.user_id = \(request.doctor)
          AND m.is_active AND m.role = ANY (\(plan.service.roles))) AS has_doctor,
        (\(request.location)::uuid IS NULL OR EXISTS (SELECT 1 FROM locations l WHERE l.hospital_id = \(hospital)
          AND l.id = \(request.location) AND l.is_active)) AS has_location,
        (SELECT a.id FROM appointments a WHERE a.hospital_id = \(hospital) AND a.patient_id = \(request.patient)
          AND a.starts_at = \(plan.time.start) AND a.doctor_id = \(request.doctor) AND a.service = \(plan.service.name)
          AND a.status = ANY (\(AppointmentLife.Status.live)) ORDER BY a.id LIMIT 1) AS same
      """
  }

  /// A doctor's resource and these others. Locked in the order of their ids, and so that references to them go on.
  ///
  /// With a time, also what can be seen of it: whether something of each is taken then, and whether the doctor's calendar
  /// has to be looked at.
  static func resources(
    of doctor: UserID, and others: [ResourceID], at time: TakenTime? = nil, in hospital: HospitalID, locks: Bool
  ) -> SQL {
    let taken: SQL = time.map { isTaken(at: $0) } ?? "false"
    let calendar: SQL = time.map { needsCalendar(at: $0, of: doctor) } ?? "true"
    return """
      SELECT r.id, r.kind, r.user_id, r.capacity, r.is_active, r.fee_minor, seen.is_taken,
        \(sql: calendar) AS needs_calendar
      FROM resources r CROSS JOIN LATERAL (SELECT \(sql: taken) AS is_taken OFFSET 0) seen
      WHERE r.hospital_id = \(hospital) AND (r.user_id = \(doctor) OR r.id = ANY (\(others.map(\.rawValue))))
      ORDER BY r.id\(sql: locks ? " FOR NO KEY UPDATE OF r" : "")
      """
  }

  private static func isTaken(at time: TakenTime) -> SQL {
    """
    EXISTS (SELECT 1 FROM occupancy o WHERE o.hospital_id = r.hospital_id AND o.resource_id = r.id
      AND o.starts_at < \(time.until) AND o.starts_at > \(time.start)::timestamptz - interval '25 hours'
      AND o.ends_at > \(time.start))
    """
  }

  /// Whether the doctor is off or open besides his hours in some part of a time, or no hours of his hold all of it. Where
  /// his only seat is taken nobody looks: among a crowd that is nearly always so, and the refusal reads his calendar.
  ///
  /// Hours hold a time when the clocks of their place show one of their days at both of its ends, as far apart as they
  /// are: no clock changes in between.
  private static func needsCalendar(at time: TakenTime, of doctor: UserID) -> SQL {
    """
    r.user_id IS NOT DISTINCT FROM \(doctor) AND (
        seen.is_taken AND r.capacity = 1
        OR EXISTS (SELECT 1 FROM availability_exceptions e WHERE e.hospital_id = r.hospital_id
          AND e.resource_id = r.id AND e.starts_at < \(time.end) AND e.ends_at > \(time.start))
        OR COALESCE((
          SELECT NOT bool_or(w.is_active AND w.weekday = extract(isodow FROM t.starts)
            AND t.starts::date BETWEEN w.valid_from AND w.valid_until AND t.ends::date = t.starts::date
            AND t.ends - t.starts = \(time.end)::timestamptz - \(time.start)::timestamptz
            AND t.starts::time >= w.starts_at AND t.ends::time <= w.ends_at)
          FROM working_hours w JOIN hospitals h ON h.id = w.hospital_id
          LEFT JOIN locations l ON l.hospital_id = w.hospital_id AND l.id = w.location_id
          CROSS JOIN LATERAL (SELECT \(time.start)::timestamptz AT TIME ZONE COALESCE(l.time_zone, h.time_zone) AS starts,
            \(time.end)::timestamptz AT TIME ZONE COALESCE(l.time_zone, h.time_zone) AS ends) t
          WHERE w.hospital_id = r.hospital_id AND w.resource_id = r.id), false))
    """
  }

  /// For each resource the least seat that is free in this time, as far as can be seen: `free (id, seat)`.
  ///
  /// An override looks further among the seats from 100 on; for others a time with an override is taken. Where a
  /// resource is closed none of its own seats is free.
  private static func free(
    _ resources: [BookingGround.Resource], at time: TakenTime, isOverride: Bool, in hospital: HospitalID
  ) -> SQL {
    let ids = resources.map(\.id.rawValue)
    if !isOverride, resources.allSatisfy({ $0.capacity == 1 }) {
      // There is one seat, and whether it is free the constraint says.
      return """
        free AS (
          SELECT r.id, 0 AS seat FROM unnest(\(ids)::uuid[]) AS r (id)
          WHERE NOT EXISTS (SELECT 1 FROM occupancy o WHERE o.hospital_id = \(hospital) AND o.resource_id = r.id
              AND o.starts_at < \(time.until) AND o.starts_at > \(time.start)::timestamptz - interval '25 hours'
              AND o.ends_at > \(time.start) AND o.seat >= 100)
            AND NOT EXISTS (SELECT 1 FROM occupancy o WHERE o.hospital_id = \(hospital) AND o.resource_id = r.id
              AND o.appointment_id IS NULL AND o.starts_at < \(time.until) AND o.ends_at > \(time.start)))
        """
    }
    return """
      free AS (
        SELECT r.id, (
          SELECT s.seat FROM generate_series(0, CASE WHEN \(isOverride) THEN 199 ELSE r.capacity - 1 END) AS s (seat)
          WHERE (s.seat < r.capacity OR s.seat >= 100)
            AND NOT EXISTS (SELECT 1 FROM occupancy o WHERE o.hospital_id = \(hospital) AND o.resource_id = r.id
              AND o.starts_at < \(time.until) AND o.starts_at > \(time.start)::timestamptz - interval '25 hours'
              AND o.ends_at > \(time.start) AND (o.seat = s.seat OR o.seat >= 100 AND NOT \(isOverride)))
            AND (s.seat >= 100 OR NOT EXISTS (SELECT 1 FROM occupancy o WHERE o.hospital_id = \(hospital)
              AND o.resource_id = r.id AND o.appointment_id IS NULL AND o.starts_at < \(time.until)
              AND o.ends_at > \(time.start)))
          ORDER BY s.seat LIMIT 1) AS seat
        FROM unnest(\(ids)::uuid[], \(resources.map(\.capacity))::int[]) AS r (id, capacity))
      """
  }

  /// Takes a seat of each resource, or of none where one has no free seat that can be seen: `taken`.
  ///
  /// Never a plain INSERT: whoever is a moment later waits for the first to commit and then takes nothing.
  private static func taken(
    _ resources: [BookingGround.Resource], at time: TakenTime, by id: AppointmentID, in hospital: HospitalID,
    now: Timestamp
  ) -> SQL {
    let ids = resources.map { _ in Identifier<AnyEntity>.new(at: now).rawValue }
    return """
      INSERT INTO occupancy (hospital_id, id, resource_id, seat, starts_at, ends_at, appointment_id)
      SELECT \(hospital), (\(ids)::uuid[])[row_number() OVER (ORDER BY f.id)], f.id, f.seat, \(time.start),
        \(time.until), \(id)
      FROM free f WHERE (SELECT count(*) FROM free WHERE seat IS NOT NULL) = \(resources.count) ORDER BY f.id
      ON CONFLICT DO NOTHING RETURNING resource_id
      """
  }

  /// The currency of the hospital's fees; null where nothing has a price.
  static func currency(of hospital: HospitalID) -> SQL {
    "SELECT h.currency FROM hospitals h WHERE h.id = \(hospital)"
  }

  /// Writes the appointment with what it takes. `taken` tells how many resources it got: fewer than all means that
  /// somebody was faster, and none that nothing was written.
  static func book(
    _ plan: BookingPlan, _ ground: BookingGround, content: [UInt8]?, by user: UserID?, now: Timestamp
  ) -> SQL {
    let (request, resources) = (plan.request, ground.resources)
    // What has no price is not held until it is paid.
    let isUnpaid = (ground.price?.minor ?? 0) > 0 && request.holdSeconds == nil && request.unpaidSeconds != nil
    let holdSeconds = request.holdSeconds ?? (isUnpaid ? request.unpaidSeconds : nil)
    let status: AppointmentLife.Status = holdSeconds == nil ? .scheduled : .held
    let holdEndsAt = holdSeconds.map { now.adding(seconds: Int64($0)) }
    let override = request.overrideReason.map { _ in request.priority.rawValue }
    return """
      WITH \(sql: free(resources, at: plan.time, isOverride: plan.isOverride, in: plan.hospital)), taken AS (
        \(sql: taken(resources, at: plan.time, by: plan.id, in: plan.hospital, now: now)))
      INSERT INTO appointments AS a (hospital_id, id, patient_id, doctor_id, location_id, service, medium, priority,
        status, hold_ends_at, starts_at, ends_at, fee_minor, currency, content, override_reason, override_by, series_id,
        course_id, created_by)
      SELECT \(plan.hospital), \(plan.id), \(request.patient), \(request.doctor), \(request.location),
        \(plan.service.name), \(plan.medium.rawValue), \(request.priority.rawValue), \(status.rawValue), \(holdEndsAt),
        \(plan.time.start), \(plan.time.end), \(ground.price?.minor), \(ground.price?.currency), \(content),
        \(override), \(override == nil ? nil : user), \(request.series), \(request.course), \(user)
      WHERE EXISTS (SELECT 1 FROM taken)
      RETURNING \(sql: AppointmentQueries.columns), (SELECT count(*) FROM taken) AS taken
      """
  }

  /// Takes new seats for an appointment that has given its own back; answers how many it got.
  static func take(
    _ resources: [BookingGround.Resource], at time: TakenTime, for id: AppointmentID, isOverride: Bool,
    in hospital: HospitalID,
    now: Timestamp
  ) -> SQL {
    """
    WITH \(sql: free(resources, at: time, isOverride: isOverride, in: hospital)), taken AS (
      \(sql: taken(resources, at: time, by: id, in: hospital, now: now)))
    SELECT count(*) AS taken FROM taken
    """
  }

  /// Everything that takes a part of this time, the earliest first; what is longer than an appointment can be is a
  /// closing, which is asked for apart.
  static func inTheWay(_ resources: [ResourceID], at time: TakenTime, in hospital: HospitalID) -> SQL {
    // Not a join: each appointment is looked up by its id, however few there were when this was planned.
    """
    SELECT o.resource_id, o.seat, o.starts_at, o.ends_at, o.appointment_id,
      COALESCE((SELECT a.status = 'held' AND a.hold_ends_at <= ward.now() FROM appointments a
        WHERE a.hospital_id = o.hospital_id AND a.id = o.appointment_id), false) AS is_over
    FROM occupancy o
    WHERE o.hospital_id = \(hospital) AND o.resource_id = ANY (\(resources.map(\.rawValue)))
      AND o.appointment_id IS NOT NULL AND o.starts_at < \(time.until) AND o.ends_at > \(time.start)
      AND o.starts_at > \(time.start)::timestamptz - interval '25 hours'
    UNION ALL
    SELECT o.resource_id, o.seat, o.starts_at, o.ends_at, NULL, false FROM occupancy o
    WHERE o.hospital_id = \(hospital) AND o.resource_id = ANY (\(resources.map(\.rawValue)))
      AND o.appointment_id IS NULL AND o.starts_at < \(time.until) AND o.ends_at > \(time.start)
    ORDER BY starts_at, resource_id, seat LIMIT 100
    """
  }

  /// What an appointment takes, to be locked before it is moved.
  static func resources(of id: AppointmentID, in hospital: HospitalID) -> SQL {
    "SELECT resource_id FROM occupancy WHERE hospital_id = \(hospital) AND appointment_id = \(id)"
  }

  static func move(
    _ id: AppointmentID, in hospital: HospitalID, to time: TakenTime, status: AppointmentLife.Status,
    override: String?, by user: UserID?, content: [UInt8]?
  ) -> SQL {
    """
    UPDATE appointments a SET starts_at = \(time.start), ends_at = \(time.end), status = \(status.rawValue),
      override_reason = COALESCE(\(override)::text, a.override_reason),
      override_by = CASE WHEN \(override)::text IS NULL THEN a.override_by ELSE \(user) END, content = \(content),
      version = a.version + 1
    WHERE a.hospital_id = \(hospital) AND a.id = \(id) RETURNING \(sql: AppointmentQueries.columns)
    """
  }

  static let mark: SQL = "SAVEPOINT booking"
  static let back: SQL = "ROLLBACK TO SAVEPOINT booking"
  static let keep: SQL = "RELEASE SAVEPOINT booking"
}
