import Core
import Operations
import Postgres

/// The statements of plans for further visits.
enum FollowUpQueries {
  private static let columns = FollowUpKind.shape.sqlColumns

  /// Of a visit that is over the time counts from its end, of another from when it will be over.
  static func insert(
    _ id: FollowUpID, after visit: Appointment, _ type: FollowUpType, days: Int64, note: [UInt8]?, by user: UserID
  ) -> SQL {
    let isOver = visit.status == .completed
    return """
      INSERT INTO follow_ups AS f (hospital_id, id, appointment_id, patient_id, doctor_id, kind, after_days, note, status,
        due_at, created_by)
      VALUES (\(visit.hospital), \(id), \(visit.id), \(visit.patient), \(visit.doctor), \(type.rawValue), \(days), \(note),
        \(isOver ? "pending" : "planned"),
        CASE WHEN \(isOver) THEN \(visit.endedAt ?? visit.endsAt)::timestamptz + make_interval(days => \(Int(days))) END,
        \(user))
      RETURNING \(sql: columns)
      """
  }

  static func find(_ id: FollowUpID, in hospital: HospitalID, locks: Bool = false) -> SQL {
    """
    SELECT \(sql: columns), f.note FROM follow_ups f WHERE f.hospital_id = \(hospital) AND f.id = \(id)\
    \(sql: locks ? " FOR UPDATE OF f" : "")
    """
  }

  static func list(_ filter: ListFollowUps, in hospital: HospitalID) -> ShortList {
    ShortList(
      """
      follow_ups f WHERE f.hospital_id = \(hospital)
        AND (\(filter.status?.rawValue)::text IS NULL OR f.status = \(filter.status?.rawValue))
        AND (\(filter.doctorId)::uuid IS NULL OR f.doctor_id = \(filter.doctorId))
        AND (NOT \(filter.overdue ?? false) OR f.status IN ('pending', 'due') AND f.due_at < ward.now())
      """,
      order: [.init("COALESCE(f.due_at, 'infinity'::timestamptz)", "timestamptz"), .init("f.id", "uuid")])
  }

  /// The plans of a visit that has just ended: their time counts from now.
  static func begin(after visit: AppointmentID, in hospital: HospitalID) -> SQL {
    """
    UPDATE follow_ups SET status = 'pending', due_at = ward.now() + make_interval(days => after_days),
      version = version + 1
    WHERE hospital_id = \(hospital) AND appointment_id = \(visit) AND status = 'planned' RETURNING id, due_at
    """
  }

  /// A visit that never came leaves no plan.
  static func giveUp(after visit: AppointmentID, in hospital: HospitalID) -> SQL {
    """
    UPDATE follow_ups SET status = 'cancelled', version = version + 1
    WHERE hospital_id = \(hospital) AND appointment_id = \(visit) AND status = 'planned'
    """
  }

  /// The further visit came to its end, or it did not come and is due again.
  static func settle(_ next: AppointmentID, done: Bool, in hospital: HospitalID) -> SQL {
    """
    UPDATE follow_ups SET status = CASE WHEN \(done) THEN 'completed' WHEN due_at IS NULL THEN 'planned'
        WHEN due_at <= ward.now() THEN 'due' ELSE 'pending' END,
      next_appointment_id = CASE WHEN \(done) THEN next_appointment_id END, version = version + 1
    WHERE hospital_id = \(hospital) AND next_appointment_id = \(next) AND status = 'scheduled'
    """
  }

  static func set(
    _ id: FollowUpID, _ status: FollowUpStatus, next: AppointmentID? = nil, in hospital: HospitalID
  ) -> SQL {
    """
    UPDATE follow_ups f SET status = \(status.rawValue), version = f.version + 1,
      next_appointment_id = COALESCE(\(next), f.next_appointment_id)
    WHERE f.hospital_id = \(hospital) AND f.id = \(id) RETURNING \(sql: columns), f.note
    """
  }
}
