import Core
import Operations
import Postgres

/// The statements of the waiting list.
enum WaitingQueries {
  private static let columns = WaitingEntryKind.shape.sqlColumns

  static func insert(
    _ id: WaitingEntryID, _ new: AddToWaitingList, minutes: Int, from earliest: Timestamp, in hospital: HospitalID,
    by user: UserID
  ) -> SQL {
    """
    INSERT INTO waiting_entries AS w (hospital_id, id, patient_id, doctor_id, service, minutes, priority, earliest,
      latest, created_by)
    VALUES (\(hospital), \(id), \(new.patientId), \(new.doctorId), \(new.service.text), \(minutes),
      \((new.priority ?? .normal).rawValue), \(earliest), \(new.latest), \(user))
    RETURNING \(sql: columns)
    """
  }

  /// Who was added for a doctor, or for any, on this day of the hospital.
  static func addedToday(for doctor: UserID?, in hospital: HospitalID) -> SQL {
    """
    SELECT count(*) AS added FROM waiting_entries w JOIN hospitals h ON h.id = w.hospital_id
    WHERE w.hospital_id = \(hospital) AND w.doctor_id IS NOT DISTINCT FROM \(doctor)::uuid
      AND w.created_at >= date_trunc('day', ward.now() AT TIME ZONE h.time_zone) AT TIME ZONE h.time_zone
    """
  }

  /// One addition of a hospital after the other, so that the count holds.
  static func lockAdditions(in hospital: HospitalID) -> SQL {
    "SELECT pg_advisory_xact_lock(hashtextextended('waiting ' || \(hospital.text), 0))"
  }

  static func find(_ id: WaitingEntryID, in hospital: HospitalID, locks: Bool = false) -> SQL {
    """
    SELECT \(sql: columns) FROM waiting_entries w WHERE w.hospital_id = \(hospital) AND w.id = \(id)\
    \(sql: locks ? " FOR UPDATE OF w" : "")
    """
  }

  static func list(_ filter: ListWaiting, in hospital: HospitalID) -> ShortList {
    ShortList(
      """
      waiting_entries w WHERE w.hospital_id = \(hospital)
        AND (\(filter.status?.rawValue)::text IS NULL OR w.status = \(filter.status?.rawValue))
        AND (\(filter.doctorId)::uuid IS NULL OR w.doctor_id = \(filter.doctorId))
      """, order: [.init("w.rank", "smallint"), .init("w.created_at", "timestamptz"), .init("w.id", "uuid")])
  }

  static func update(_ id: WaitingEntryID, _ change: UpdateWaiting, in hospital: HospitalID) -> SQL {
    """
    UPDATE waiting_entries w SET priority = COALESCE(\(change.priority?.rawValue), w.priority),
      earliest = COALESCE(\(change.earliest), w.earliest), latest = COALESCE(\(change.latest), w.latest),
      version = w.version + 1
    WHERE w.hospital_id = \(hospital) AND w.id = \(id) RETURNING \(sql: columns)
    """
  }

  static func set(
    _ id: WaitingEntryID, _ status: WaitingStatus, appointment: AppointmentID?, in hospital: HospitalID
  ) -> SQL {
    """
    UPDATE waiting_entries w SET status = \(status.rawValue), appointment_id = \(appointment), version = w.version + 1
    WHERE w.hospital_id = \(hospital) AND w.id = \(id) RETURNING \(sql: columns)
    """
  }

  /// Whom a time fits, the most urgent and then the first come; who was offered it before is passed over.
  static func fitting(_ time: FreeTime, in hospital: HospitalID, roles: [String]) -> SQL {
    """
    SELECT \(sql: columns) FROM waiting_entries w
    WHERE w.hospital_id = \(hospital) AND w.status = 'waiting'
      AND (w.doctor_id = \(time.doctor) OR w.doctor_id IS NULL AND w.service = ANY (\(roles)::text[]))
      AND w.earliest <= \(time.start) AND w.latest >= \(time.start) AND w.minutes <= \(time.minutes)
      AND NOT EXISTS (SELECT 1 FROM waiting_offers o WHERE o.hospital_id = w.hospital_id AND o.entry_id = w.id
        AND o.doctor_id = \(time.doctor) AND o.starts_at = \(time.start))
    ORDER BY w.rank, w.created_at, w.id LIMIT 1 FOR UPDATE OF w
    """
  }

  static func role(of doctor: UserID, in hospital: HospitalID) -> SQL {
    "SELECT m.role FROM memberships m WHERE m.hospital_id = \(hospital) AND m.user_id = \(doctor) AND m.is_active"
  }

  static func noteOffer(_ offer: WaitingOffer, in hospital: HospitalID, at now: Timestamp) -> SQL {
    """
    INSERT INTO waiting_offers (hospital_id, id, entry_id, appointment_id, doctor_id, starts_at)
    VALUES (\(hospital), \(Identifier<AnyEntity>.new(at: now)), \(offer.entry), \(offer.appointment), \(offer.doctor),
      \(offer.start))
    """
  }

  /// The time that was held for somebody is his, or is not: without an entry of it nothing changes.
  static func settle(_ appointment: AppointmentID, taken: Bool, in hospital: HospitalID) -> SQL {
    """
    UPDATE waiting_entries w SET status = CASE WHEN \(taken) THEN 'scheduled' ELSE 'waiting' END,
      appointment_id = CASE WHEN \(taken) THEN w.appointment_id END, version = w.version + 1
    WHERE w.hospital_id = \(hospital) AND w.appointment_id = \(appointment) AND w.status = 'notified'
    """
  }

  /// How many wait, by how it stands and how urgent, and how long the first one does.
  static func figures(in hospital: HospitalID) -> SQL {
    """
    SELECT count(*) FILTER (WHERE w.status = 'waiting') AS waiting,
      count(*) FILTER (WHERE w.status = 'notified') AS notified,
      count(*) FILTER (WHERE w.status = 'scheduled') AS scheduled,
      count(*) FILTER (WHERE w.status = 'removed') AS removed,
      count(*) FILTER (WHERE w.status = 'waiting' AND w.priority = 'urgent') AS urgent,
      COALESCE(floor(extract(epoch FROM ward.now() - min(w.created_at) FILTER (WHERE w.status = 'waiting')) / 60), 0)::bigint
        AS longest
    FROM waiting_entries w WHERE w.hospital_id = \(hospital)
    """
  }
}
