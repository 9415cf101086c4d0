import Core
import Operations
import Postgres

/// The statements of calls that repeat an open alert.
enum RepeatQueries {
  /// Lets calls of one room and type pass one by one, until the end of the transaction. A statement of its own: the
  /// next one sees what was committed while this one waited.
  static func queue(room: RoomNumber, type: AlertTypeCode, in hospital: HospitalID) -> SQL {
    let name = "repeat \(hospital.text) \(type.text) \(room.text)"
    return "SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(\(name), 0))"
  }

  /// The open alert that was last called within its type's window for the same room and type, one that is urgent enough
  /// to take the call before others. A room of another department is another room. Locked, if the call may join it.
  ///
  /// The statuses stand as the partial index has them, or it would not be used.
  static func earlier(than call: RepeatedCall) -> SQL {
    """
    SELECT a.id, a.urgency FROM alerts a
      JOIN alert_types t ON t.hospital_id = a.hospital_id AND t.code = a.alert_type
    WHERE a.hospital_id = \(call.hospital) AND a.room_number = \(call.room.text) AND a.alert_type = \(call.type.text)
      AND a.status IN ('active', 'acknowledged')
      AND COALESCE(a.last_repeat_at, a.created_at) > ward.now() - make_interval(secs => t.merge_window_seconds)
      AND (\(call.patient)::uuid IS NULL OR a.patient_id = \(call.patient))
      AND (\(call.department)::uuid IS NULL OR a.department_id IS NULL OR a.department_id = \(call.department))
      AND (\(call.boundTo)::uuid IS NULL OR a.department_id IS NULL OR a.department_id = \(call.boundTo))
    ORDER BY a.urgency >= \(call.urgency.value) DESC, COALESCE(a.last_repeat_at, a.created_at) DESC, a.id DESC LIMIT 1
    \(sql: call.urgency.isCritical ? "" : "FOR UPDATE OF a")
    """
  }

  /// Counts the call. The alert lasts as long as the longer of the two, without an end if one of them has none.
  static func count(_ id: AlertID, in hospital: HospitalID, expiresAt: Timestamp?) -> SQL {
    """
    UPDATE alerts a SET repeat_count = repeat_count + 1, last_repeat_at = ward.now(), version = version + 1,
      expires_at = CASE WHEN \(expiresAt)::timestamptz IS NULL OR a.expires_at IS NULL THEN NULL
        ELSE GREATEST(a.expires_at, \(expiresAt)::timestamptz) END
    WHERE a.hospital_id = \(hospital) AND a.id = \(id) AND a.status = ANY (\(AlertLife.sources(of: .callAgain)))
    RETURNING \(sql: AlertQueries.changed)
    """
  }
}
