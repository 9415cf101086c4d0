import Core
import Operations
import Postgres

/// The statements of the hospital's catalogue of alert types.
enum CatalogueQueries {
  static func types(in hospital: HospitalID, includeInactive: Bool) -> ShortList {
    ShortList(
      "alert_types t WHERE t.hospital_id = \(hospital) AND (t.is_active OR \(includeInactive))",
      order: [.init("t.position", "integer"), .init("t.code", "text")])
  }

  /// No row when there is one of this code already.
  static func insert(_ type: CreateAlertType, in hospital: HospitalID) -> SQL {
    """
    INSERT INTO alert_types AS t (hospital_id, code, title, class, default_urgency, requires_confirmation, position,
      merge_window_seconds, quorum, quorum_repage_seconds)
    VALUES (\(hospital), \(type.code.text), \(type.title.text), \(type.class.rawValue), \(type.defaultUrgency.value),
      \(type.requiresConfirmation ?? false),
      COALESCE(\(type.position?.value)::int, (SELECT LEAST(10000, max(position) + 1) FROM alert_types
        WHERE hospital_id = \(hospital)), 0),
      COALESCE(\(type.mergeWindowSeconds?.value)::int, 120), \(type.quorum?.stored)::jsonb,
      COALESCE(\(type.quorumRepageSeconds?.value)::int, 60))
    ON CONFLICT DO NOTHING RETURNING \(sql: AlertTypeKind.shape.sqlColumns)
    """
  }

  static func update(_ edit: UpdateAlertType, in hospital: HospitalID) -> SQL {
    """
    UPDATE alert_types t SET title = COALESCE(\(edit.title?.text), title),
      class = COALESCE(\(edit.class?.rawValue), class),
      default_urgency = COALESCE(\(edit.defaultUrgency?.value)::smallint, default_urgency),
      requires_confirmation = COALESCE(\(edit.requiresConfirmation)::boolean, requires_confirmation),
      is_active = COALESCE(\(edit.isActive)::boolean, is_active),
      position = COALESCE(\(edit.position?.value)::int, position),
      merge_window_seconds = COALESCE(\(edit.mergeWindowSeconds?.value)::int, merge_window_seconds),
      quorum = CASE WHEN \(edit.quorum != nil) THEN \(edit.quorum?.stored)::jsonb ELSE quorum END,
      quorum_repage_seconds = COALESCE(\(edit.quorumRepageSeconds?.value)::int, quorum_repage_seconds),
      version = version + 1
    WHERE t.hospital_id = \(hospital) AND t.code = \(edit.code.text) AND t.version = \(edit.version.value)
    RETURNING \(sql: AlertTypeKind.shape.sqlColumns)
    """
  }

  static func deactivate(_ code: AlertTypeCode, in hospital: HospitalID) -> SQL {
    """
    UPDATE alert_types t SET is_active = false, version = version + 1
    WHERE t.hospital_id = \(hospital) AND t.code = \(code.text) AND t.is_active
    RETURNING \(sql: AlertTypeKind.shape.sqlColumns)
    """
  }

  static func find(_ code: AlertTypeCode, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: AlertTypeKind.shape.sqlColumns) FROM alert_types t
    WHERE t.hospital_id = \(hospital) AND t.code = \(code.text)
    """
  }
}
