import Core
import Operations
import Postgres

/// The statements of figures: each number is a count of rows that anybody may repeat by hand.
enum FigureQueries {
  static func department(_ id: DepartmentID, in hospital: HospitalID) -> SQL {
    "SELECT 1 FROM departments WHERE hospital_id = \(hospital) AND id = \(id)"
  }

  /// Alerts with the moment of their first answer. `a` is the alert.
  private static let firstAnswer: SQL = """
    LEFT JOIN LATERAL (SELECT min(k.acknowledged_at) AS at FROM alert_acknowledgments k
      WHERE k.hospital_id = a.hospital_id AND k.alert_id = a.id) AS answered ON true
    """
  private static let answerSeconds: SQL = "extract(epoch FROM answered.at - a.created_at)::float8"
  private static let resolveSeconds: SQL = "extract(epoch FROM a.resolved_at - a.created_at)::float8"

  private static func percentile(_ share: Double, of seconds: SQL) -> SQL {
    "round((percentile_cont(\(share)) WITHIN GROUP (ORDER BY \(sql: seconds)))::numeric, 3)::float8"
  }

  private static func average(_ seconds: SQL) -> SQL { "round(avg(\(sql: seconds))::numeric, 3)::float8" }

  private static func within(_ department: DepartmentID?) -> SQL {
    department.map { " AND a.department_id = \($0)" } ?? ""
  }

  // MARK: Fatigue

  /// Shifts of eight hours by the hospital's clocks (day 07–15, evening 15–23, night 23–07), also on the days on which
  /// these are changed: each begins and ends where its wall time lies. Interruptions and hours count for the person's
  /// department, alerts for their own.
  static func fatigue(_ period: FigurePeriod, department: DepartmentID?, in hospital: HospitalID) -> ShortList {
    ShortList(
      """
      (SELECT c.department_id, d.name AS department_name, c.shift, c.number, sum(c.interruptions)::bigint AS interruptions,
        round(sum(c.hours)::numeric, 4)::float8 AS staff_hours, sum(c.alerts)::bigint AS alerts,
        sum(c.acted_on)::bigint AS acted_on, sum(c.repeats)::bigint AS repeats, max(c.p50) AS p50, max(c.p95) AS p95
      FROM (
        WITH \(sql: shifts(period, hospital))
        SELECT i.department_id, w.shift, w.number, count(*) AS interruptions, 0 AS hours, 0 AS alerts, 0 AS acted_on,
          0 AS repeats, NULL::float8 AS p50, NULL::float8 AS p95
        FROM alert_interruptions i JOIN windows w ON i.paged_at >= w.begins AND i.paged_at < w.ends
        WHERE i.hospital_id = \(hospital) GROUP BY 1, 2, 3
        UNION ALL
        SELECT p.department_id, w.shift, w.number, 0, sum(extract(epoch FROM
            LEAST(p.ended_at, w.ends, ward.now()) - GREATEST(p.started_at, w.begins)) / 3600), 0, 0, 0, NULL, NULL
        FROM duty_periods p JOIN windows w ON p.started_at < LEAST(w.ends, ward.now())
          AND (p.ended_at IS NULL OR p.ended_at > w.begins)
        WHERE p.hospital_id = \(hospital) GROUP BY 1, 2, 3
        UNION ALL
        SELECT a.department_id, w.shift, w.number, 0, 0, count(*), count(answered.at), sum(a.repeat_count),
          \(sql: percentile(0.5, of: answerSeconds)), \(sql: percentile(0.95, of: answerSeconds))
        FROM windows w JOIN alerts a ON a.created_at >= w.begins AND a.created_at < w.ends \(sql: firstAnswer)
        WHERE a.hospital_id = \(hospital) GROUP BY 1, 2, 3
      ) AS c LEFT JOIN departments d ON d.hospital_id = \(hospital) AND d.id = c.department_id
      WHERE \(department)::uuid IS NULL OR c.department_id = \(department)
      GROUP BY c.department_id, d.name, c.shift, c.number) AS f WHERE true
      """,
      order: [
        .init("COALESCE(f.department_name, '')", "text"), .init("COALESCE(f.department_id::text, '')", "text"),
        .init("f.number", "int"),
      ])
  }

  private static func shifts(_ period: FigurePeriod, _ hospital: HospitalID) -> SQL {
    """
    zone AS (SELECT time_zone AS name FROM hospitals WHERE id = \(hospital)),
    days AS (
      SELECT generate_series((\(period.start)::timestamptz AT TIME ZONE zone.name)::date - interval '1 day',
        (\(period.end)::timestamptz AT TIME ZONE zone.name)::date::timestamp, interval '1 day') AS at, zone.name FROM zone),
    windows AS (
      SELECT s.shift, s.number,
        GREATEST((days.at + s.begins) AT TIME ZONE days.name, \(period.start)) AS begins,
        LEAST((days.at + s.ends) AT TIME ZONE days.name, \(period.end)) AS ends
      FROM days, (VALUES ('day', 1, interval '7 hours', interval '15 hours'),
        ('evening', 2, interval '15 hours', interval '23 hours'),
        ('night', 3, interval '23 hours', interval '31 hours')) AS s (shift, number, begins, ends)
      WHERE (days.at + s.begins) AT TIME ZONE days.name < \(period.end)
        AND (days.at + s.ends) AT TIME ZONE days.name > \(period.start))
    """
  }

  // MARK: Numbers of alerts

  static func stats(in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: AlertStatsKind.shape.sqlColumns) FROM (
      SELECT count(*) FILTER (WHERE a.status = 'active') AS active,
        count(*) FILTER (WHERE a.status = 'acknowledged') AS acknowledged,
        count(*) FILTER (WHERE a.created_at >= day.began) AS raised,
        count(*) FILTER (WHERE a.status = 'resolved' AND a.resolved_at >= day.began) AS resolved,
        count(*) FILTER (WHERE a.status = 'cancelled' AND a.updated_at >= day.began) AS cancelled,
        count(*) FILTER (WHERE a.status = 'expired' AND a.resolved_at >= day.began) AS expired,
        round((avg(\(sql: answerSeconds)) FILTER (WHERE a.created_at >= day.began))::numeric, 3)::float8 AS average,
        (SELECT COALESCE(jsonb_agg(jsonb_build_object('urgencyLevel', u.urgency, 'count', u.count)
            ORDER BY u.urgency DESC), '[]') FROM (
          SELECT o.urgency, count(*) AS count FROM alerts o
          WHERE o.hospital_id = \(hospital) AND o.status IN ('active', 'acknowledged') GROUP BY 1) AS u) AS by_urgency
      FROM (SELECT ward.now() - interval '24 hours' AS began) AS day
      LEFT JOIN alerts a ON a.hospital_id = \(hospital) AND (a.status IN ('active', 'acknowledged')
        OR a.created_at >= day.began OR a.updated_at >= day.began) \(sql: firstAnswer)
    ) AS f
    """
  }

  static func buckets(_ period: FigurePeriod, by group: FigureGroup, in hospital: HospitalID) -> ShortList {
    ShortList(
      """
      (SELECT date_trunc(\(group.rawValue), a.created_at, (SELECT time_zone FROM hospitals WHERE id = \(hospital)))
          AS starts_at, count(*) AS alerts, count(*) FILTER (WHERE a.urgency >= 4) AS critical,
        count(answered.at) AS acknowledged, count(*) FILTER (WHERE a.status = 'resolved') AS resolved,
        sum(steps.count)::bigint AS escalations, \(sql: average(answerSeconds)) AS average
      FROM alerts a \(sql: firstAnswer)
      LEFT JOIN LATERAL (SELECT count(*) FROM alert_escalations e
        WHERE e.hospital_id = a.hospital_id AND e.alert_id = a.id) AS steps ON true
      WHERE a.hospital_id = \(hospital) AND a.created_at >= \(period.start) AND a.created_at < \(period.end)
      GROUP BY 1) AS f WHERE true
      """, order: [.init("f.starts_at", "timestamptz")])
  }

  static func response(_ period: FigurePeriod, department: DepartmentID?, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: ResponseFiguresKind.shape.sqlColumns) FROM (
      SELECT \(period.start)::timestamptz AS start_at, \(period.end)::timestamptz AS end_at, count(*) AS alerts,
        count(answered.at) AS acknowledged, count(*) FILTER (WHERE a.status = 'resolved') AS resolved,
        count(*) FILTER (WHERE EXISTS (SELECT FROM alert_escalations e
          WHERE e.hospital_id = a.hospital_id AND e.alert_id = a.id)) AS escalated,
        \(sql: average(answerSeconds)) AS average, \(sql: percentile(0.5, of: answerSeconds)) AS p50,
        \(sql: percentile(0.95, of: answerSeconds)) AS p95,
        round((percentile_cont(0.5) WITHIN GROUP (ORDER BY \(sql: resolveSeconds))
          FILTER (WHERE a.status = 'resolved'))::numeric, 3)::float8 AS resolve_p50,
        round((percentile_cont(0.95) WITHIN GROUP (ORDER BY \(sql: resolveSeconds))
          FILTER (WHERE a.status = 'resolved'))::numeric, 3)::float8 AS resolve_p95
      FROM alerts a \(sql: firstAnswer)
      WHERE a.hospital_id = \(hospital) AND a.created_at >= \(period.start) AND a.created_at < \(period.end)\
    \(sql: within(department))
    ) AS f
    """
  }

  static func metrics(since start: Timestamp, department: DepartmentID?, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: AlertMetricsKind.shape.sqlColumns) FROM (
      SELECT count(*) FILTER (WHERE a.status = 'active') AS active,
        count(*) FILTER (WHERE a.status = 'acknowledged') AS acknowledged,
        count(*) FILTER (WHERE a.created_at >= \(start)) AS raised,
        count(*) FILTER (WHERE a.status = 'resolved' AND a.resolved_at >= \(start)) AS resolved,
        COALESCE(sum(steps.count), 0)::bigint AS escalations,
        (SELECT count(*) FROM memberships m WHERE m.hospital_id = \(hospital) AND m.is_active AND m.is_on_duty
          AND (\(department)::uuid IS NULL OR m.department_id = \(department))) AS on_duty,
        round((avg(\(sql: answerSeconds)) FILTER (WHERE a.created_at >= \(start)))::numeric, 3)::float8 AS average
      FROM alerts a \(sql: firstAnswer)
      LEFT JOIN LATERAL (SELECT count(*) FROM alert_escalations e WHERE e.hospital_id = a.hospital_id
        AND e.alert_id = a.id AND e.escalated_at >= \(start)) AS steps ON true
      WHERE a.hospital_id = \(hospital) AND (a.status IN ('active', 'acknowledged') OR a.created_at >= \(start)
        OR a.updated_at >= \(start))\(sql: within(department))
    ) AS f
    """
  }

  // MARK: Escalations

  static func active(in hospital: HospitalID, boundTo department: DepartmentID?) -> SQL {
    """
    WITH open AS (
      SELECT a.id, a.room_number, a.title, a.urgency, a.tier, a.next_escalation_at FROM alerts a
      WHERE a.hospital_id = \(hospital) AND a.status = 'active'
        AND (\(department)::uuid IS NULL OR a.department_id IS NULL OR a.department_id = \(department)))
    SELECT \(sql: ActiveEscalationsKind.shape.sqlColumns) FROM (
      SELECT (SELECT COALESCE(jsonb_agg(jsonb_build_object('tier', t.tier, 'count', t.count) ORDER BY t.tier), '[]')
          FROM (SELECT tier, count(*) AS count FROM open GROUP BY 1) AS t) AS by_tier,
        (SELECT count(*) FROM open WHERE next_escalation_at <= ward.now()) AS overdue,
        (SELECT COALESCE(jsonb_agg(jsonb_build_object('id', n.id, 'roomNumber', n.room_number, 'title', n.title,
            'urgencyLevel', n.urgency, 'escalationTier', n.tier, 'nextEscalationAt',
            to_char(n.next_escalation_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
            ORDER BY n.next_escalation_at, n.id), '[]')
          FROM (SELECT * FROM open WHERE next_escalation_at IS NOT NULL ORDER BY next_escalation_at, id LIMIT 5) AS n)
          AS next) AS f
    """
  }

  static func steps(of id: AlertID, in hospital: HospitalID) -> ShortList {
    ShortList(
      "alert_escalations e WHERE e.hospital_id = \(hospital) AND e.alert_id = \(id)",
      order: [.init("e.escalated_at", "timestamptz"), .init("e.to_tier", "int"), .init("e.id", "uuid")])
  }
}
