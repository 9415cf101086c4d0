import Core
import Operations
package import Postgres

/// The statements of leaving duty and of handovers.
enum HandoverQueries {
  /// The caller's duty, locked until the transaction ends.
  static func duty(of person: UserID, in hospital: HospitalID) -> SQL {
    """
    SELECT m.is_on_duty, m.department_id, m.shift_started_at,
      ward.now() < m.shift_started_at + interval '30 minutes' AS is_short
    FROM memberships m WHERE m.hospital_id = \(hospital) AND m.user_id = \(person) FOR UPDATE
    """
  }

  /// Somebody else who may take a handover.
  static func receiver(_ person: UserID, in hospital: HospitalID) -> SQL {
    """
    SELECT 1 FROM memberships WHERE hospital_id = \(hospital) AND user_id = \(person) AND is_active
      AND role = ANY (\(Role.working))
    """
  }

  /// Who is told at once: the receiver, or those on duty in the department.
  static func told(_ handover: NewHandover, in hospital: HospitalID) -> SQL {
    """
    SELECT user_id FROM memberships WHERE hospital_id = \(hospital) AND is_active AND user_id <> \(handover.from)
      AND (user_id = \(handover.to) OR \(handover.to)::uuid IS NULL AND is_on_duty AND role = ANY (\(Role.working))
        AND (\(handover.department)::uuid IS NULL OR department_id = \(handover.department)))
    ORDER BY user_id LIMIT 500
    """
  }

  static func insert(_ new: NewHandover, in hospital: HospitalID) -> SQL {
    """
    INSERT INTO handovers (hospital_id, id, from_user_id, to_user_id, department_id, notes, follow_ups, alert_ids,
      critical_alert_ids, shift_started_at, created_at, expires_at)
    VALUES (\(hospital), \(new.id), \(new.from), \(new.to), \(new.department), \(new.notes), \(new.followUps),
      \(new.alerts.map(\.rawValue))::uuid[], \(new.critical.map(\.rawValue))::uuid[], \(new.shiftStartedAt), ward.now(),
      ward.now() + make_interval(hours => \(HandoverLife.hours)::int))
    """
  }

  // Reading

  /// What a handover has become by now.
  private static let status: SQL = """
    CASE WHEN h.status = 'pending' AND h.expires_at <= ward.now() THEN 'expired' ELSE h.status END
    """

  private static let columns: SQL = """
    h.id, h.from_user_id, (SELECT u.name FROM users u WHERE u.id = h.from_user_id) AS from_name, h.to_user_id,
    (SELECT u.name FROM users u WHERE u.id = h.to_user_id) AS to_name, h.department_id, h.notes, h.follow_ups,
    h.alert_ids, h.critical_alert_ids, \(sql: status) AS status, h.created_at, h.expires_at, h.answered_by,
    (SELECT u.name FROM users u WHERE u.id = h.answered_by) AS answered_by_name, h.answered_at, h.acknowledgment
    """

  /// Whether somebody may take it: it is for him, or for everybody of his department and he has not said no.
  private static func isFor(_ person: UserID, in hospital: HospitalID) -> SQL {
    """
    (h.to_user_id = \(person) OR h.to_user_id IS NULL AND h.from_user_id <> \(person)
      AND NOT \(person)::uuid = ANY (h.declined_by)
      AND (h.department_id IS NULL OR h.department_id = (SELECT m.department_id FROM memberships m
        WHERE m.hospital_id = \(hospital) AND m.user_id = \(person))))
    """
  }

  private static func source(_ filter: HandoverFilter, in hospital: HospitalID) -> SQL {
    let whose =
      filter.box == .given ? "h.from_user_id = \(filter.person)" as SQL : isFor(filter.person, in: hospital)
    let state: SQL = filter.status.map { " AND \(sql: status) = \($0.rawValue)" } ?? ""
    return "handovers h WHERE h.hospital_id = \(hospital) AND \(sql: whose)\(sql: state)"
  }

  /// The newest first; one row more than the limit tells that there are more.
  static func list(_ filter: HandoverFilter, in hospital: HospitalID, after: HandoverID?, _ place: ListPlace) -> SQL {
    """
    SELECT \(sql: columns) FROM \(sql: source(filter, in: hospital))
      AND (\(after)::uuid IS NULL OR h.id < \(after))
    ORDER BY h.id DESC LIMIT \(place.limit + 1) OFFSET \(place.skip)
    """
  }

  static func count(_ filter: HandoverFilter, in hospital: HospitalID) -> SQL {
    "SELECT count(*) AS total FROM \(sql: source(filter, in: hospital))"
  }

  /// Where it stands and who it is for, for whoever could not answer it.
  static func find(_ id: HandoverID, for person: UserID, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: status) AS status, h.from_user_id = \(person) AS is_own,
      COALESCE(\(sql: isFor(person, in: hospital)), false) AS is_for_him
    FROM handovers h WHERE h.hospital_id = \(hospital) AND h.id = \(id)
    """
  }

  // Answers: of many at once exactly one finds it pending

  static func accept(_ id: HandoverID, by person: UserID, _ acknowledgment: [UInt8]?, in hospital: HospitalID) -> SQL {
    """
    UPDATE handovers h SET status = 'accepted', answered_by = \(person), answered_at = ward.now(),
      acknowledgment = \(acknowledgment)
    WHERE h.hospital_id = \(hospital) AND h.id = \(id) AND h.status = ANY (\(HandoverLife.sources(of: .accept)))
      AND h.expires_at > ward.now() AND \(sql: isFor(person, in: hospital))
    RETURNING \(sql: HandoverAnswerKind.shape.sqlColumns), h.from_user_id, h.alert_ids
    """
  }

  /// One for a certain person is over with his no; one for a department waits for somebody else.
  static func decline(_ id: HandoverID, by person: UserID, _ reason: [UInt8]?, in hospital: HospitalID) -> SQL {
    """
    UPDATE handovers h SET declined_by = h.declined_by || \(person)::uuid,
      status = CASE WHEN h.to_user_id IS NULL THEN h.status ELSE 'declined' END,
      answered_by = CASE WHEN h.to_user_id IS NOT NULL THEN \(person)::uuid END,
      answered_at = CASE WHEN h.to_user_id IS NOT NULL THEN ward.now() END,
      acknowledgment = CASE WHEN h.to_user_id IS NOT NULL THEN \(reason)::bytea END
    WHERE h.hospital_id = \(hospital) AND h.id = \(id) AND h.status = ANY (\(HandoverLife.sources(of: .decline)))
      AND h.expires_at > ward.now() AND cardinality(h.declined_by) < 1000 AND \(sql: isFor(person, in: hospital))
    RETURNING \(sql: HandoverAnswerKind.shape.sqlColumns), h.from_user_id
    """
  }

  static func metrics(since start: Timestamp, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: HandoverMetricsKind.shape.sqlColumns) FROM (
      SELECT count(*) AS total, count(*) FILTER (WHERE \(sql: status) = 'pending') AS pending,
        count(*) FILTER (WHERE h.status = 'accepted') AS accepted,
        count(*) FILTER (WHERE h.status = 'declined') AS declined,
        count(*) FILTER (WHERE \(sql: status) = 'expired') AS expired,
        COALESCE(sum(cardinality(h.alert_ids)), 0)::bigint AS alerts,
        round((avg(extract(epoch FROM h.answered_at - h.created_at)) FILTER (WHERE h.status = 'accepted'))::numeric, 3)
          ::float8 AS average
      FROM handovers h WHERE h.hospital_id = \(hospital) AND h.created_at >= \(start)) AS f
    """
  }
}

extension Role {
  /// The roles of those who have shifts.
  static let working = Role.allCases.filter { $0.permissions.contains(.startShift) }.map(\.rawValue)
}

/// What became of a handover.
package enum HandoverAnswerKind: Shaped {
  package static let shape = RowShape([
    .init("id", "h.id", .uuid), .init("status", "h.status", .string),
    .init("answeredBy", "h.answered_by", .uuid, nullable: true),
    .init("answeredAt", "h.answered_at", .timestamp, nullable: true),
  ])
}

/// How handovers went.
package enum HandoverMetricsKind: Shaped {
  package static let shape = RowShape([
    .init("handovers", "f.total", .integer), .init("pending", "f.pending", .integer),
    .init("accepted", "f.accepted", .integer), .init("declined", "f.declined", .integer),
    .init("expired", "f.expired", .integer), .init("alertsHandedOver", "f.alerts", .integer),
    .init("averageAcceptanceSeconds", "f.average", .double, nullable: true),
  ])
}
