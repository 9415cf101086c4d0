import Core
import Operations
import Postgres

/// The statements of ladders, pages and due times.
enum EscalationQueries {
  /// The hospital's own ladder for this kind of alert, the most specific first.
  static func ladder(urgency: Urgency, department: DepartmentID?, type: String, in hospital: HospitalID) -> SQL {
    """
    SELECT id, step_seconds, repeats, response_seconds FROM escalation_ladders
    WHERE hospital_id = \(hospital) AND urgency = \(urgency.value)
      AND (alert_type = \(type) OR alert_type IS NULL) AND (department_id = \(department) OR department_id IS NULL)
    ORDER BY alert_type IS NULL, department_id IS NULL LIMIT 1
    """
  }

  /// Whom the tiers reach now: nurses on duty of the department (of the whole hospital without one), doctors and head
  /// doctors on duty, and the administrators whether on duty or not. At another moment whoever has a shift then stands
  /// for whoever is on duty. A last row without a person says that the hospital has schedules on call, which
  /// ``OnCallNow`` looks into.
  static func reachable(department: DepartmentID?, in hospital: HospitalID, plannedAt time: Timestamp? = nil) -> SQL {
    let isThere = time.map { hasShift(at: $0) } ?? "is_on_duty"
    return """
      SELECT user_id, role FROM memberships
      WHERE hospital_id = \(hospital) AND is_active AND (
        (role = 'nurse' AND \(sql: isThere) AND (\(department)::uuid IS NULL OR department_id = \(department)))
        OR (role IN ('doctor', 'head_doctor') AND \(sql: isThere))
        OR role IN ('hospital_admin', 'organization_admin'))
      UNION ALL
      SELECT NULL, 'on_call' WHERE EXISTS (SELECT FROM on_call_schedules WHERE hospital_id = \(hospital))
      ORDER BY user_id LIMIT 5000
      """
  }

  private static func hasShift(at time: Timestamp) -> SQL {
    """
    EXISTS (SELECT FROM shifts s WHERE s.hospital_id = memberships.hospital_id AND s.user_id = memberships.user_id
      AND s.starts_at <= \(time) AND s.starts_at > \(time)::timestamptz - interval '24 hours' AND s.ends_at > \(time))
    """
  }

  /// The alert and its timer, both locked, if the timer is still there.
  static func lock(_ id: AlertID, kind: TimerKind, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: lockedColumns), t.due_at, t.due_at <= ward.now() AS is_due
    FROM alerts a JOIN alert_timers t ON t.hospital_id = a.hospital_id AND t.alert_id = a.id
    WHERE a.hospital_id = \(hospital) AND a.id = \(id) AND t.kind = \(kind.rawValue) FOR UPDATE
    """
  }

  static func lock(_ id: AlertID, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: lockedColumns) FROM alerts a
    WHERE a.hospital_id = \(hospital) AND a.id = \(id) FOR UPDATE
    """
  }

  private static let lockedColumns: SQL = """
    a.id, a.hospital_id, a.department_id, a.room_number, a.title, a.urgency, a.status, a.tier, a.step_seconds,
    a.repeats, a.response_seconds, a.created_at, a.created_by, a.acknowledged_by, a.acknowledged_by_name,
    a.quorum::text AS quorum, a.responders::text AS responders, a.quorum_repage_seconds, ward.now() AS now
    """

  static func climb(_ id: AlertID, in hospital: HospitalID, to tier: Int, next: Timestamp?) -> SQL {
    """
    UPDATE alerts a SET tier = \(tier), next_escalation_at = \(next), version = version + 1
    WHERE a.hospital_id = \(hospital) AND a.id = \(id) RETURNING \(sql: AlertQueries.changed)
    """
  }

  /// Whether the acknowledger was already reminded of the running acknowledgement.
  static func reminders(of id: AlertID, in hospital: HospitalID) -> SQL {
    """
    SELECT 1 FROM alert_changes c JOIN alerts a ON a.hospital_id = c.hospital_id AND a.id = c.alert_id
    WHERE c.hospital_id = \(hospital) AND c.alert_id = \(id) AND c.kind = 'reminded'
      AND c.changed_at >= a.acknowledged_at AND NOT EXISTS (
        SELECT 1 FROM alert_changes t WHERE t.hospital_id = c.hospital_id AND t.alert_id = c.alert_id
          AND t.kind = 'transferred' AND t.changed_at > c.changed_at) LIMIT 1
    """
  }

  /// Whether the alert rang again after this time because nobody had resolved it.
  static func reactivation(of id: AlertID, after time: Timestamp, in hospital: HospitalID) -> SQL {
    """
    SELECT 1 FROM alert_changes WHERE hospital_id = \(hospital) AND alert_id = \(id) AND kind = 'reactivated'
      AND changed_at > \(time) LIMIT 1
    """
  }

  /// `quorum` is who stays of those who are coming.
  static func reactivate(_ id: AlertID, in hospital: HospitalID, next: Timestamp?, quorum: Quorum?) -> SQL {
    """
    UPDATE alerts a SET status = 'active', acknowledged_by = NULL, acknowledged_by_name = NULL,
      acknowledged_at = NULL, next_escalation_at = \(next), version = version + 1, response_action = NULL,
      estimated_arrival_at = NULL, delegated_to = NULL, delegated_to_name = NULL,
      quorum = \(quorum.map { JSONB(text: $0.quorumJSON.encoded) }),
      responders = \(JSONB(text: quorum?.respondersJSON.encoded ?? "[]"))
    WHERE a.hospital_id = \(hospital) AND a.id = \(id) RETURNING \(sql: AlertQueries.changed)
    """
  }

  static func expire(_ id: AlertID, in hospital: HospitalID) -> SQL {
    """
    UPDATE alerts a SET status = 'expired', resolved_at = ward.now(), next_escalation_at = NULL, version = version + 1
    WHERE a.hospital_id = \(hospital) AND a.id = \(id) RETURNING \(sql: AlertQueries.changed)
    """
  }

  static func insertSteps(
    _ steps: [Climb.Step], of id: AlertID, in hospital: HospitalID, dueAt: Timestamp, at time: Timestamp,
    by user: UserID?, name: String?
  ) -> SQL {
    let ids = steps.map { _ in Identifier<AnyEntity>.new(at: time).rawValue }
    return """
      INSERT INTO alert_escalations
        (hospital_id, id, alert_id, from_tier, to_tier, reason, due_at, escalated_at, actor_id, actor_name)
      SELECT \(hospital), s.id, \(id), s.from_tier, s.to_tier, s.reason, \(dueAt), \(time), \(user), \(name)
      FROM unnest(\(ids)::uuid[], \(steps.map(\.from))::int[], \(steps.map(\.to))::int[],
        \(steps.map(\.reason.rawValue))::text[]) AS s (id, from_tier, to_tier, reason)
      """
  }

  /// Notes who is paged; somebody who is paged again in the same tier is counted and may decline again.
  static func page(_ people: [UserID], for id: AlertID, tier: Int, in hospital: HospitalID, at time: Timestamp) -> SQL {
    """
    INSERT INTO alert_pages AS p (hospital_id, alert_id, tier, user_id, paged_at)
    SELECT \(hospital), \(id), \(tier), u.id, \(time) FROM unnest(\(people.map(\.rawValue))::uuid[]) AS u (id)
    ON CONFLICT (hospital_id, alert_id, tier, user_id)
      DO UPDATE SET paged_at = excluded.paged_at, times = p.times + 1, declined_at = NULL
    """
  }

  /// Declines the page of the current tier, of the quorum, or of both; says how many of the tier are left, and whether
  /// it was the tier's page.
  static func decline(_ id: AlertID, tier: Int, by user: UserID, in hospital: HospitalID) -> SQL {
    """
    WITH declined AS (
      UPDATE alert_pages SET declined_at = ward.now()
      WHERE hospital_id = \(hospital) AND alert_id = \(id) AND tier IN (\(tier), \(Quorum.pageTier))
        AND user_id = \(user) AND declined_at IS NULL
      RETURNING tier)
    SELECT (SELECT count(*) FROM declined) AS declined, \(tier) IN (SELECT tier FROM declined) AS in_tier,
      (SELECT count(*) FROM alert_pages p WHERE p.hospital_id = \(hospital) AND p.alert_id = \(id)
        AND p.tier = \(tier) AND p.declined_at IS NULL AND p.user_id <> \(user)) AS others
    """
  }

  static func setTimer(_ kind: TimerKind, for id: AlertID, in hospital: HospitalID, dueAt: Timestamp) -> SQL {
    """
    INSERT INTO alert_timers (hospital_id, alert_id, kind, due_at)
    VALUES (\(hospital), \(id), \(kind.rawValue), \(dueAt))
    ON CONFLICT (hospital_id, alert_id, kind) DO UPDATE SET due_at = excluded.due_at
    """
  }

  static func clearTimers(_ kinds: [TimerKind], for id: AlertID, in hospital: HospitalID) -> SQL {
    """
    DELETE FROM alert_timers
    WHERE hospital_id = \(hospital) AND alert_id = \(id) AND kind = ANY (\(kinds.map(\.rawValue)))
    """
  }

  /// What is due, as the engine sees it across hospitals: ids only.
  static func dueTimers(limit: Int) -> SQL {
    """
    SELECT hospital_id, alert_id, kind FROM alert_timers WHERE due_at <= ward.now() ORDER BY due_at LIMIT \(limit)
    """
  }

  /// Seconds until the earliest due time, and the database's time.
  static let nextDue: SQL = """
    SELECT extract(epoch FROM (SELECT min(due_at) FROM alert_timers) - ward.now())::float8 AS seconds, ward.now() AS now
    """
}

enum TimerKind: String, CaseIterable {
  /// The next tier, or the last one again.
  case escalation
  /// The acknowledger has not resolved in time.
  case response
  case expiry
  /// Somebody who is asked for is missing still.
  case quorum
}
