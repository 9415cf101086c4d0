import Core
import Operations
package import Postgres

/// The statements of appointments, one function each.
package enum AppointmentQueries {
  /// What ``Appointment`` reads of `appointments a`.
  package static let columns: SQL = """
    a.id, a.hospital_id, a.patient_id, a.doctor_id, a.location_id, a.service, a.medium, a.priority, a.status,
    a.hold_ends_at, a.starts_at, a.ends_at, a.fee_minor, a.currency, a.content, a.override_by, a.cancel_reason,
    a.series_id, a.course_id, a.checked_in_at, a.started_at, a.ended_at, a.created_by, a.created_at, a.updated_at,
    a.version,
    (SELECT u.name FROM users u WHERE u.id = a.doctor_id) AS doctor_name,
    (SELECT p.user_id FROM patients p WHERE p.hospital_id = a.hospital_id AND p.id = a.patient_id) AS patient_account,
    (SELECT array_agg(o.resource_id ORDER BY o.resource_id) FROM occupancy o
      JOIN resources r ON r.hospital_id = o.hospital_id AND r.id = o.resource_id AND r.kind <> 'doctor'
      WHERE o.hospital_id = a.hospital_id AND o.appointment_id = a.id) AS resource_ids
    """

  static func find(_ id: AppointmentID, in hospital: HospitalID, locks: Bool = false) -> SQL {
    """
    SELECT \(sql: columns) FROM appointments a WHERE a.hospital_id = \(hospital) AND a.id = \(id)\
    \(sql: locks ? " FOR NO KEY UPDATE OF a" : "")
    """
  }

  /// The appointments of a list, the earliest first; one row more than the limit tells that there are more.
  static func list(
    _ filter: AppointmentFilter, in hospital: HospitalID, after: (Timestamp, AppointmentID)?, limit: Int, skip: Int
  ) -> SQL {
    """
    SELECT \(sql: columns) FROM appointments a WHERE a.hospital_id = \(hospital)\(sql: filter.conditions)\
    \(sql: after.map { " AND (a.starts_at, a.id) > (\($0.0), \($0.1))" } ?? "")
    ORDER BY a.starts_at, a.id LIMIT \(limit + 1) OFFSET \(skip)
    """
  }

  /// Counts to 10,000 and no further, so that a long history does not cost more than a short one.
  static func count(_ filter: AppointmentFilter, in hospital: HospitalID) -> SQL {
    """
    SELECT count(*) AS total FROM (
      SELECT 1 FROM appointments a WHERE a.hospital_id = \(hospital)\(sql: filter.conditions) LIMIT 10000) AS found
    """
  }

  /// The record that belongs to somebody's account.
  static func patient(of person: UserID, in hospital: HospitalID) -> SQL {
    "SELECT p.id FROM patients p WHERE p.hospital_id = \(hospital) AND p.user_id = \(person)"
  }

  static func insertStep(_ change: AppointmentChange, by user: UserID?, at now: Timestamp) -> SQL {
    let appointment = change.appointment
    return """
      INSERT INTO appointment_history (hospital_id, id, appointment_id, step, status, starts_at, ends_at, reason, actor_id)
      VALUES (\(appointment.hospital), \(Identifier<AnyEntity>.new(at: now)), \(appointment.id), \(change.step),
        \(appointment.status.rawValue), \(appointment.startsAt), \(appointment.endsAt), \(change.reason), \(user))
      """
  }

  /// Sets the status and the time that belongs to it. What is no longer held waits for nothing.
  static func advance(_ id: AppointmentID, in hospital: HospitalID, to status: AppointmentLife.Status) -> SQL {
    let word = status.rawValue
    return """
      UPDATE appointments a SET status = \(word), hold_ends_at = NULL, version = a.version + 1,
        checked_in_at = CASE WHEN \(word) = 'checked_in' THEN ward.now() ELSE a.checked_in_at END,
        started_at = CASE WHEN \(word) = 'in_progress' THEN ward.now() ELSE a.started_at END,
        ended_at = CASE WHEN \(word) = 'completed' THEN ward.now() ELSE a.ended_at END
      WHERE a.hospital_id = \(hospital) AND a.id = \(id) RETURNING \(sql: columns)
      """
  }

  static func end(
    _ id: AppointmentID, in hospital: HospitalID, as status: AppointmentLife.Status, cause: String?, content: [UInt8]?
  ) -> SQL {
    """
    UPDATE appointments a SET status = \(status.rawValue), hold_ends_at = NULL, cancel_reason = \(cause),
      content = \(content), ended_at = CASE WHEN a.started_at IS NULL THEN a.ended_at ELSE ward.now() END,
      version = a.version + 1
    WHERE a.hospital_id = \(hospital) AND a.id = \(id) RETURNING \(sql: columns)
    """
  }

  static func keep(_ content: [UInt8]?, of id: AppointmentID, in hospital: HospitalID) -> SQL {
    """
    UPDATE appointments a SET content = \(content), version = a.version + 1
    WHERE a.hospital_id = \(hospital) AND a.id = \(id) RETURNING \(sql: columns)
    """
  }

  static func free(_ id: AppointmentID, in hospital: HospitalID) -> SQL {
    "DELETE FROM occupancy WHERE hospital_id = \(hospital) AND appointment_id = \(id)"
  }
}

extension AppointmentQueries {
  static func history(of id: AppointmentID, in hospital: HospitalID) -> ShortList {
    ShortList(
      """
      appointment_history s LEFT JOIN users u ON u.id = s.actor_id
      WHERE s.hospital_id = \(hospital) AND s.appointment_id = \(id)
      """, order: [.init("s.at", "timestamptz"), .init("s.id", "uuid")])
  }
}
