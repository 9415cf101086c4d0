import Core
import Operations
import Postgres

/// The statements of the hospital's own ladders.
enum LadderQueries {
  /// The hospital's own ones and the design's, the most urgent first, the design's behind the own ones.
  static func list(in hospital: HospitalID) -> ShortList {
    let standards = Urgency.range.map { level in
      let ladder = Ladder.standard(for: Urgency(unchecked: level))
      return """
        UNION ALL SELECT NULL::uuid, \(level)::smallint, NULL::uuid, NULL::text, \(ladder.stepSeconds)::int[],
          \(ladder.repeats)::boolean, NULL::int, NULL::int
        """ as SQL
    }
    return ShortList(
      """
      (SELECT id, urgency, department_id, alert_type, step_seconds, repeats, response_seconds, version
        FROM escalation_ladders WHERE hospital_id = \(hospital)
        \(sql: .joined(standards, by: " "))) AS l WHERE true
      """,
      order: [
        .init("(-l.urgency)", "integer"), .init("(l.id IS NULL)", "boolean"),
        .init("(CASE WHEN l.id IS NULL THEN '' ELSE l.id::text END)", "text"),
      ])
  }

  /// No row when there is one of this scope already.
  static func insert(
    _ id: LadderID, in hospital: HospitalID, urgency: Urgency, department: DepartmentID?, type: AlertTypeCode?,
    _ ladder: CreateLadder
  ) -> SQL {
    """
    INSERT INTO escalation_ladders AS l
      (hospital_id, id, urgency, department_id, alert_type, step_seconds, repeats, response_seconds)
    VALUES (\(hospital), \(id), \(urgency.value), \(department), \(type?.text), \(ladder.stepSeconds.values),
      \(ladder.repeats ?? urgency.isCritical), \(ladder.responseSeconds?.value))
    ON CONFLICT DO NOTHING RETURNING \(sql: LadderKind.shape.sqlColumns)
    """
  }

  static func update(_ edit: UpdateLadder, in hospital: HospitalID) -> SQL {
    """
    UPDATE escalation_ladders l SET step_seconds = COALESCE(\(edit.stepSeconds?.values)::int[], step_seconds),
      repeats = COALESCE(\(edit.repeats)::boolean, repeats),
      response_seconds = COALESCE(\(edit.responseSeconds?.value)::int, response_seconds), version = version + 1
    WHERE l.hospital_id = \(hospital) AND l.id = \(edit.ladderId) AND l.version = \(edit.version.value)
    RETURNING \(sql: LadderKind.shape.sqlColumns)
    """
  }

  static func delete(_ id: LadderID, in hospital: HospitalID) -> SQL {
    "DELETE FROM escalation_ladders WHERE hospital_id = \(hospital) AND id = \(id) RETURNING id"
  }

  static func find(_ id: LadderID, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: LadderKind.shape.sqlColumns) FROM escalation_ladders l
    WHERE l.hospital_id = \(hospital) AND l.id = \(id)
    """
  }

  /// Whether a type can have a ladder or be rehearsed, and whom it asks for.
  static func type(_ code: AlertTypeCode?, in hospital: HospitalID) -> SQL {
    """
    SELECT ward.now() AS now, t.code, t.quorum FROM (SELECT 1) AS one
    LEFT JOIN alert_types t ON t.hospital_id = \(hospital) AND t.code = \(code?.text) AND t.is_active
    """
  }

  /// Whom the tiers would reach now, by name.
  static func people(department: DepartmentID?, in hospital: HospitalID) -> SQL {
    """
    SELECT r.user_id, r.role, u.name, m.is_on_duty
    FROM (\(sql: EscalationQueries.reachable(department: department, in: hospital))) AS r
    JOIN memberships m ON m.hospital_id = \(hospital) AND m.user_id = r.user_id JOIN users u ON u.id = r.user_id
    ORDER BY u.name, r.user_id
    """
  }

  /// Everybody on duty who fits one of the requirements of a type.
  static func quorum(of code: AlertTypeCode?, in hospital: HospitalID) -> SQL {
    """
    SELECT m.user_id, m.role, u.name, m.is_on_duty FROM memberships m JOIN users u ON u.id = m.user_id
    WHERE m.hospital_id = \(hospital) AND m.is_active AND m.is_on_duty AND EXISTS (
      SELECT FROM alert_types t, jsonb_array_elements(t.quorum) AS q
      WHERE t.hospital_id = \(hospital) AND t.code = \(code?.text) AND q ->> 'role' = m.role
        AND (q ->> 'specialization' IS NULL OR lower(q ->> 'specialization') = lower(m.specialization)))
    ORDER BY u.name, m.user_id
    """
  }
}
