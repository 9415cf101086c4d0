import Core
import Operations
package import Postgres
import Tenancy

/// The statements of what whoever leaves duty leaves behind, and of a shift's account.
enum LeavingQueries {
  /// What somebody has or is coming to; and what is active in his department, where he may answer it and nobody else on
  /// duty there may.
  static func open(with person: UserID, in hospital: HospitalID) -> SQL {
    let coming = JSONB(text: JSONValue.array([["userId": .string(person.text)]]).encoded)
    return """
      SELECT o.id, max(o.urgency) AS urgency, bool_or(o.is_own) AS is_own FROM (
        SELECT a.id, a.urgency, true AS is_own FROM alerts a
        WHERE a.hospital_id = \(hospital) AND a.status = 'acknowledged' AND a.acknowledged_by = \(person)
        UNION ALL
        SELECT a.id, a.urgency, true FROM alerts a
        WHERE a.hospital_id = \(hospital) AND a.status IN ('active', 'acknowledged') AND a.responders @> \(coming)
        UNION ALL
        SELECT a.id, a.urgency, false FROM memberships m
        JOIN alerts a ON a.hospital_id = m.hospital_id AND a.department_id = m.department_id AND a.status = 'active'
        WHERE m.hospital_id = \(hospital) AND m.user_id = \(person) AND m.role = ANY (\(Role.answering))
          AND NOT EXISTS (SELECT FROM memberships c WHERE c.hospital_id = m.hospital_id AND c.user_id <> m.user_id
            AND c.department_id = m.department_id AND c.is_active AND c.is_on_duty
            AND c.role = ANY (\(Role.answering)))) AS o
      GROUP BY o.id ORDER BY o.id LIMIT 500
      """
  }

  /// The shift that somebody is in, or his last; one row with noughts for who never had one.
  static func shift(of person: UserID, in hospital: HospitalID) -> SQL {
    """
    WITH span AS (
      SELECT m.is_on_duty, COALESCE(m.shift_started_at, p.started_at) AS begins,
        CASE WHEN m.is_on_duty THEN NULL ELSE p.ended_at END AS ends
      FROM memberships m LEFT JOIN LATERAL (
        SELECT d.started_at, d.ended_at FROM duty_periods d
        WHERE d.hospital_id = m.hospital_id AND d.user_id = m.user_id AND d.ended_at IS NOT NULL
        ORDER BY d.started_at DESC LIMIT 1) AS p ON true
      WHERE m.hospital_id = \(hospital) AND m.user_id = \(person)),
    bounds AS (SELECT s.*, COALESCE(s.ends, ward.now()) AS until FROM span s)
    SELECT \(sql: ShiftSummaryKind.shape.sqlColumns) FROM (
      SELECT b.is_on_duty, b.begins, b.ends, floor(extract(epoch FROM b.until - b.begins) / 60)::bigint AS minutes,
        (SELECT count(*) FROM alerts a WHERE a.hospital_id = \(hospital) AND a.created_by = \(person)
          AND a.created_at >= b.begins AND a.created_at <= b.until) AS raised,
        (SELECT count(DISTINCT k.alert_id) FROM alert_acknowledgments k
          WHERE k.hospital_id = \(hospital) AND k.user_id = \(person) AND k.acknowledged_at >= b.begins
            AND k.acknowledged_at <= b.until) AS acknowledged,
        (SELECT count(*) FROM alerts a WHERE a.hospital_id = \(hospital) AND a.resolved_by = \(person)
          AND a.status = 'resolved' AND a.resolved_at >= b.begins AND a.resolved_at <= b.until) AS resolved,
        (SELECT round(avg(extract(epoch FROM k.acknowledged_at - a.created_at))::numeric, 3)::float8
          FROM alert_acknowledgments k JOIN alerts a ON a.hospital_id = k.hospital_id AND a.id = k.alert_id
          WHERE k.hospital_id = \(hospital) AND k.user_id = \(person) AND k.acknowledged_at >= b.begins
            AND k.acknowledged_at <= b.until) AS average,
        (SELECT count(*) FROM alerts a WHERE a.hospital_id = \(hospital) AND a.status = 'acknowledged'
          AND a.acknowledged_by = \(person)) AS open,
        (SELECT count(*) FROM handovers h WHERE h.hospital_id = \(hospital) AND h.status = 'accepted'
          AND h.answered_by = \(person) AND h.answered_at >= b.begins AND h.answered_at <= b.until) AS accepted
      FROM bounds b) AS f
    """
  }
}

/// What came of a shift.
package enum ShiftSummaryKind: Shaped {
  package static let shape = RowShape([
    .init("isOnDuty", "f.is_on_duty", .boolean),
    .init("shiftStartedAt", "f.begins", .timestamp, nullable: true),
    .init("shiftEndedAt", "f.ends", .timestamp, nullable: true),
    .init("minutes", "f.minutes", .integer, nullable: true), .init("alertsRaised", "f.raised", .integer),
    .init("alertsAcknowledged", "f.acknowledged", .integer), .init("alertsResolved", "f.resolved", .integer),
    .init("averageResponseSeconds", "f.average", .double, nullable: true), .init("openAlerts", "f.open", .integer),
    .init("handoversAccepted", "f.accepted", .integer),
  ])
}
