import Core
import Operations
import Postgres

/// The statements of alerts, one function each.
enum AlertQueries {
  /// Alerts in the wanted order; one row more than the limit tells that there are more.
  static func list(
    _ filter: AlertFilter, _ order: AlertOrder, _ shape: RowShape, in hospital: HospitalID, _ place: ListPlace
  ) throws(Failure) -> SQL {
    """
    SELECT \(sql: shape.sqlColumns)\(sql: order.missing(in: shape)) FROM alerts a
    WHERE a.hospital_id = \(hospital)\(sql: filter.conditions)\(sql: try order.after(place.after))
    ORDER BY \(sql: order.sql) LIMIT \(place.limit + 1) OFFSET \(place.skip)
    """
  }

  /// Counts to 10,000 and no further, so that a long history does not cost more than a short one.
  static func count(_ filter: AlertFilter, in hospital: HospitalID) -> SQL {
    """
    SELECT count(*) AS total FROM (
      SELECT 1 FROM alerts a WHERE a.hospital_id = \(hospital)\(sql: filter.conditions) LIMIT 10000) AS found
    """
  }

  /// An alert's columns and who was ever paged for it: what a change has to tell.
  static let changed: SQL = """
    \(sql: AlertKind.shape.sqlColumns), (SELECT array_agg(DISTINCT p.user_id) FROM alert_pages p
      WHERE p.hospital_id = a.hospital_id AND p.alert_id = a.id) AS paged
    """

  static func find(
    _ id: AlertID, in hospital: HospitalID, boundTo department: DepartmentID?,
    with columns: SQL = AlertKind.shape.sqlColumns
  ) -> SQL {
    """
    SELECT \(sql: columns) FROM alerts a WHERE a.hospital_id = \(hospital) AND a.id = \(id)
      AND (\(department)::uuid IS NULL OR a.department_id IS NULL OR a.department_id = \(department))
    """
  }

  /// The type as far as a new alert needs it, and the time; always one row.
  static func type(_ code: AlertTypeCode, in hospital: HospitalID) -> SQL {
    """
    SELECT ward.now() AS now, t.title, t.quorum::text AS quorum, t.quorum_repage_seconds, t.merge_window_seconds
    FROM (SELECT 1) AS one LEFT JOIN alert_types t
      ON t.hospital_id = \(hospital) AND t.code = \(code.text) AND t.is_active
    """
  }

  static func department(_ id: DepartmentID?, in hospital: HospitalID) -> SQL {
    "SELECT 1 FROM departments WHERE hospital_id = \(hospital) AND id = \(id) AND is_active"
  }

  static func patient(_ id: PatientID?, in hospital: HospitalID) -> SQL {
    "SELECT 1 FROM patients WHERE hospital_id = \(hospital) AND id = \(id)"
  }

  static func insert(_ alert: NewAlert) -> SQL {
    """
    INSERT INTO alerts (hospital_id, id, department_id, patient_id, room_number, alert_type, title, description,
      urgency, tier, step_seconds, repeats, response_seconds, next_escalation_at, created_by, created_by_name,
      created_at, updated_at, expires_at, quorum, quorum_repage_seconds, repeat_of)
    VALUES (\(alert.hospital), \(alert.id), \(alert.department), \(alert.patient), \(alert.room), \(alert.type),
      \(alert.title), \(alert.description), \(alert.urgency.value), \(alert.tier), \(alert.ladder.stepSeconds),
      \(alert.ladder.repeats), \(alert.ladder.responseSeconds), \(alert.nextEscalationAt), \(alert.createdBy),
      \(alert.createdByName), \(alert.createdAt), \(alert.createdAt), \(alert.expiresAt),
      \(alert.quorum.map { JSONB(text: $0.quorumJSON.encoded) }), \(alert.quorum.map { _ in alert.quorumRepageSeconds }),
      \(alert.repeatOf))
    """
  }

  static func resolve(_ id: AlertID, in hospital: HospitalID, by user: UserID, resolution: String) -> SQL {
    """
    UPDATE alerts a SET status = 'resolved', resolved_by = \(user), resolved_at = ward.now(),
      resolution = \(resolution), next_escalation_at = NULL, version = version + 1
    WHERE a.hospital_id = \(hospital) AND a.id = \(id) AND (a.status = ANY (\(AlertLife.sources(of: .resolve)))
      OR (a.status = ANY (\(AlertLife.sources(of: .resolveEarly))) AND jsonb_array_length(a.responders) > 0))
    RETURNING \(sql: changed)
    """
  }

  static func cancel(_ id: AlertID, in hospital: HospitalID) -> SQL {
    """
    UPDATE alerts a SET status = 'cancelled', next_escalation_at = NULL, version = version + 1
    WHERE a.hospital_id = \(hospital) AND a.id = \(id) AND a.status = ANY (\(AlertLife.sources(of: .cancel)))
    RETURNING \(sql: changed)
    """
  }

  static func update(_ id: AlertID, in hospital: HospitalID, _ edit: AlertEdit) -> SQL {
    """
    UPDATE alerts a SET room_number = COALESCE(\(edit.room), a.room_number), title = COALESCE(\(edit.title), a.title),
      description = COALESCE(\(edit.description), a.description),
      department_id = COALESCE(\(edit.department), a.department_id), version = version + 1
    WHERE a.hospital_id = \(hospital) AND a.id = \(id) AND a.version = \(edit.version)
      AND a.status = ANY (\(AlertLife.sources(of: .edit)))
    RETURNING \(sql: changed)
    """
  }

  static func insertChange(
    _ kind: String, of id: AlertID, in hospital: HospitalID, by user: UserID?, name: String?, notes: String? = nil,
    at time: Timestamp
  ) -> SQL {
    """
    INSERT INTO alert_changes (hospital_id, id, alert_id, kind, actor_id, actor_name, notes, changed_at)
    VALUES (\(hospital), \(Identifier<AnyEntity>.new(at: time)), \(id), \(kind), \(user), \(name), \(notes), \(time))
    """
  }

  /// Everything that happened to an alert, in order.
  static func timeline(of id: AlertID, in hospital: HospitalID) -> ShortList {
    ShortList(
      """
      (
        SELECT a.id, a.created_at AS at, 'created' AS kind, a.created_by AS actor_id, a.created_by_name AS actor_name,
          NULL::int AS from_tier, 1 AS tier, NULL AS reason, NULL AS notes, 0 AS rank
        FROM alerts a WHERE a.hospital_id = \(hospital) AND a.id = \(id)
        UNION ALL
        SELECT k.id, k.acknowledged_at, 'acknowledged', k.user_id, k.user_name, NULL, NULL, NULL, k.notes, 1
        FROM alert_acknowledgments k WHERE k.hospital_id = \(hospital) AND k.alert_id = \(id)
        UNION ALL
        SELECT e.id, e.escalated_at, 'escalated', e.actor_id, e.actor_name, e.from_tier, e.to_tier, e.reason, NULL,
          1 + e.to_tier
        FROM alert_escalations e WHERE e.hospital_id = \(hospital) AND e.alert_id = \(id)
        UNION ALL
        SELECT c.id, c.changed_at, c.kind, c.actor_id, c.actor_name, NULL, NULL, NULL, c.notes,
        CASE c.kind WHEN 'commented' THEN 2 ELSE 1 END
        FROM alert_changes c WHERE c.hospital_id = \(hospital) AND c.alert_id = \(id)
      ) AS l WHERE true
      """, order: [.init("l.at", "timestamptz"), .init("l.rank", "integer"), .init("l.id", "uuid")])
  }
}
