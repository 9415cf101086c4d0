import Core
import Operations
package import Postgres

/// A reminder on the wire; what it says is sealed and not shown.
package enum ReminderKind: Shaped {
  package static let shape = RowShape([
    .init("id", "r.id", .uuid), .init("kind", "r.kind", .string), .init("userId", "r.user_id", .uuid, nullable: true),
    .init("patientId", "r.patient_id", .uuid, nullable: true), .init("at", "r.due_at", .timestamp),
    .init("status", "r.status", .string), .init("createdBy", "r.created_by", .uuid, nullable: true),
    .init("createdAt", "r.created_at", .timestamp), .init("sentAt", "r.sent_at", .timestamp, nullable: true),
    .init("cancelledAt", "r.cancelled_at", .timestamp, nullable: true),
  ])
}

/// The statements of reminders.
enum ReminderQueries {
  static func insert(
    _ new: [NewReminder], ids: [ReminderID], contents: [[UInt8]], in hospital: HospitalID, by user: UserID?
  ) -> SQL {
    """
    INSERT INTO reminders (hospital_id, id, kind, user_id, patient_id, due_at, content, created_by)
    SELECT \(hospital), r.id, r.kind, r.user_id, r.patient_id, r.due_at, r.content, \(user)
    FROM unnest(\(ids.map(\.rawValue))::uuid[], \(new.map(\.kind.rawValue))::text[],
      \(new.map { $0.person?.rawValue })::uuid[], \(new.map { $0.patient?.rawValue })::uuid[],
      \(new.map(\.dueAt))::timestamptz[], \(contents)::bytea[])
      AS r (id, kind, user_id, patient_id, due_at, content)
    """
  }

  static func find(_ id: ReminderID, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: ReminderKind.shape.sqlColumns) FROM reminders r WHERE r.hospital_id = \(hospital) AND r.id = \(id)
    """
  }

  static func cancel(_ id: ReminderID, in hospital: HospitalID) -> SQL {
    """
    UPDATE reminders r SET status = 'cancelled', cancelled_at = ward.now()
    WHERE r.hospital_id = \(hospital) AND r.id = \(id) AND r.status = 'scheduled'
    RETURNING \(sql: ReminderKind.shape.sqlColumns)
    """
  }

  static func end(_ id: ReminderID, in hospital: HospitalID, as status: ReminderStatus) -> SQL {
    """
    UPDATE reminders SET status = \(status.rawValue), sent_at = ward.now()
    WHERE hospital_id = \(hospital) AND id = \(id)
    """
  }

  /// Nothing of it is on its way or has arrived.
  static func giveUp(_ id: ReminderID, in hospital: HospitalID) -> SQL {
    """
    UPDATE reminders r SET status = 'undeliverable' WHERE r.hospital_id = \(hospital) AND r.id = \(id)
      AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.hospital_id = r.hospital_id AND d.reminder_id = r.id
        AND d.status NOT IN ('failed', 'skipped'))
    """
  }

  /// With what its words need of the hospital; `event_at` is told by the hospital's clocks.
  static func lock(_ id: ReminderID, in hospital: HospitalID) -> SQL {
    """
    SELECT r.kind, r.user_id, r.patient_id, r.due_at, r.content, r.status, h.name AS hospital, h.time_zone
    FROM reminders r JOIN hospitals h ON h.id = r.hospital_id
    WHERE r.hospital_id = \(hospital) AND r.id = \(id) FOR UPDATE OF r
    """
  }

  static func told(_ time: Timestamp, in zone: String) -> SQL {
    "SELECT to_char(\(time)::timestamptz AT TIME ZONE \(zone), 'YYYY-MM-DD HH24:MI') AS told"
  }

  static func list(_ status: ReminderStatus?, of patient: PatientID?, in hospital: HospitalID) -> ShortList {
    ShortList(
      """
      reminders r WHERE r.hospital_id = \(hospital) AND (\(status?.rawValue)::text IS NULL OR r.status = \(status?.rawValue))
        AND (\(patient)::uuid IS NULL OR r.patient_id = \(patient))
      """, order: [.init("r.due_at", "timestamptz"), .init("r.id", "uuid")])
  }

  static func member(_ user: UserID, in hospital: HospitalID) -> SQL {
    "SELECT 1 FROM memberships WHERE hospital_id = \(hospital) AND user_id = \(user) AND is_active"
  }
}

extension NewReminder {
  fileprivate var person: UserID? {
    guard case .person(let id) = who else { return nil }
    return id
  }

  fileprivate var patient: PatientID? {
    guard case .patient(let id) = who else { return nil }
    return id
  }
}
