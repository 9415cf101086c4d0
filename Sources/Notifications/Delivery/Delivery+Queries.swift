package import Core
import Operations
package import Postgres

/// The statements of the delivery log.
package enum DeliveryQueries {
  /// Where people are reached and what they want; `people` is a relation of `user_id` and `tier`.
  package static func people(_ people: SQL, in hospital: HospitalID) -> SQL {
    """
    SELECT p.user_id, p.tier, u.name, u.email, m.phone, ward.proved_phone(p.user_id) AS own_phone, n.channels,
      n.email AS wants_email, n.is_muted, n.language,
      (extract(hour FROM n.quiet_from) * 60 + extract(minute FROM n.quiet_from))::int AS quiet_from,
      (extract(hour FROM n.quiet_until) * 60 + extract(minute FROM n.quiet_until))::int AS quiet_until,
      CASE WHEN n.quiet_from IS NULL THEN 0 ELSE (extract(hour FROM ward.now() AT TIME ZONE h.time_zone) * 60
        + extract(minute FROM ward.now() AT TIME ZONE h.time_zone))::int END AS minute
    FROM (\(sql: people)) AS p (user_id, tier)
    JOIN memberships m ON m.hospital_id = \(hospital) AND m.user_id = p.user_id AND m.is_active
    JOIN users u ON u.id = p.user_id AND u.is_active
    JOIN hospitals h ON h.id = m.hospital_id
    LEFT JOIN LATERAL (
      SELECT * FROM notification_preferences c
      WHERE c.hospital_id = \(hospital) AND (c.user_id = p.user_id OR c.user_id IS NULL)
      ORDER BY c.user_id IS NULL LIMIT 1) AS n ON true
    """
  }

  /// These people, as ``people(_:in:)`` wants them.
  package static func named(_ people: [UserID], tier: Int?) -> SQL {
    "SELECT DISTINCT u.id, \(tier)::int FROM unnest(\(people.map(\.rawValue))::uuid[]) AS u (id)"
  }

  static func insert(_ rows: [DeliveryRow], about notice: Notice, in hospital: HospitalID) -> SQL {
    let patients = rows.map { row -> String? in
      if case .patient(let id) = row.recipient.who { id.text } else { nil }
    }
    return """
      INSERT INTO deliveries (hospital_id, id, user_id, patient_id, alert_id, tier, reminder_id, kind, occasion, channel,
        status, reason, sent_at, delivered_at, ended_at)
      SELECT \(hospital), d.id, d.user_id, d.patient_id, \(notice.alert), d.tier, \(notice.reminder), \(notice.kind),
        \(notice.occasion), d.channel, d.status, d.reason,
        CASE WHEN d.status IN ('sent', 'delivered') THEN ward.now() END,
        CASE WHEN d.status = 'delivered' THEN ward.now() END, CASE WHEN d.status = 'skipped' THEN ward.now() END
      FROM unnest(\(rows.map(\.id.rawValue))::uuid[], \(rows.map { $0.recipient.person?.text })::uuid[],
        \(patients)::uuid[], \(rows.map(\.recipient.tier))::int[], \(rows.map(\.step.channel.rawValue))::text[],
        \(rows.map(\.step.status.rawValue))::text[], \(rows.map(\.step.reason))::text[])
        AS d (id, user_id, patient_id, tier, channel, status, reason)
      ON CONFLICT DO NOTHING
      """
  }

  /// Those that are to be sent, with the department of the alert that each is about.
  static func waiting(_ ids: [DeliveryID], in hospital: HospitalID) -> SQL {
    """
    SELECT d.id, d.status, d.created_at, a.department_id FROM deliveries d
    LEFT JOIN alerts a ON a.hospital_id = d.hospital_id AND a.id = d.alert_id
    WHERE d.hospital_id = \(hospital) AND d.id = ANY (\(ids.map(\.rawValue))::uuid[])
    """
  }

  /// Before many of their deliveries are changed: whoever ends an alert changes all of its own.
  static func share(_ alerts: [AlertID], in hospital: HospitalID) -> SQL {
    """
    SELECT a.id FROM alerts a WHERE a.hospital_id = \(hospital) AND a.id = ANY (\(alerts.map(\.rawValue))::uuid[])
    ORDER BY a.id FOR SHARE
    """
  }

  /// The provider has taken these, each under a name of its own where it gave one.
  static func taken(
    _ ids: [DeliveryID], providers: [String?], _ move: DeliveryLife.Move, in hospital: HospitalID
  ) -> SQL {
    let next = DeliveryLife.target(of: move)
    return """
      UPDATE deliveries d SET status = \(next.rawValue), reason = NULL, attempts = d.attempts + 1, ended_at = NULL,
        provider_id = COALESCE((\(providers)::text[])[array_position(\(ids.map(\.rawValue))::uuid[], d.id)], d.provider_id),
        sent_at = COALESCE(d.sent_at, ward.now()),
        delivered_at = COALESCE(d.delivered_at, CASE WHEN \(next == .delivered) THEN ward.now() END)
      WHERE d.hospital_id = \(hospital) AND d.id = ANY (\(ids.map(\.rawValue))::uuid[])
        AND d.status = ANY (\(DeliveryLife.sources(of: move)))
      """
  }

  static func find(_ id: DeliveryID, in hospital: HospitalID) -> SQL {
    "SELECT d.alert_id FROM deliveries d WHERE d.hospital_id = \(hospital) AND d.id = \(id)"
  }

  static func lock(_ id: DeliveryID, in hospital: HospitalID) -> SQL {
    """
    SELECT d.user_id, d.patient_id, d.alert_id, d.tier, d.reminder_id, d.kind, d.occasion, d.channel, d.status,
      d.attempts FROM deliveries d WHERE d.hospital_id = \(hospital) AND d.id = \(id) FOR UPDATE
    """
  }

  static func find(provider: String, on channel: ChannelKind, in hospital: HospitalID) -> SQL {
    """
    SELECT d.id FROM deliveries d
    WHERE d.hospital_id = \(hospital) AND d.channel = \(channel.rawValue) AND d.provider_id = \(provider) LIMIT 1
    """
  }

  /// Makes a legal move; no row where it is none. `tries` counts what was just tried.
  static func move(
    _ move: DeliveryLife.Move, _ id: DeliveryID, in hospital: HospitalID, reason: String? = nil,
    provider: String? = nil, tries: Int = 0
  ) -> SQL {
    let next = DeliveryLife.target(of: move)
    return """
      UPDATE deliveries d SET status = \(next.rawValue), reason = \(reason),
        provider_id = COALESCE(\(provider), d.provider_id), attempts = d.attempts + \(tries),
        sent_at = COALESCE(d.sent_at, CASE WHEN \(next != .failed && next != .skipped) THEN ward.now() END),
        delivered_at = COALESCE(d.delivered_at, CASE WHEN \(next == .delivered || next == .read) THEN ward.now() END),
        read_at = COALESCE(d.read_at, CASE WHEN \(next == .read) THEN ward.now() END),
        ended_at = CASE WHEN \(next == .failed || next == .skipped) THEN ward.now() END
      WHERE d.hospital_id = \(hospital) AND d.id = \(id) AND d.status = ANY (\(DeliveryLife.sources(of: move)))
      RETURNING d.id
      """
  }

  /// Failed for now: it stays queued.
  static func putOff(_ id: DeliveryID, in hospital: HospitalID, reason: String) -> SQL {
    """
    UPDATE deliveries SET attempts = attempts + 1, reason = \(reason)
    WHERE hospital_id = \(hospital) AND id = \(id) AND status = 'queued' RETURNING attempts
    """
  }

  /// On which channels somebody was tried for one occasion; by the index of what it is about, since a hospital's log
  /// grows for ever.
  static func tried(_ log: DeliveryLog) -> SQL {
    var person: UserID?
    var patient: PatientID?
    switch log.who {
    case .person(let id): person = id
    case .patient(let id): patient = id
    }
    let subject: SQL = log.alert.map { "d.alert_id = \($0)" } ?? "d.reminder_id = \(log.reminder)"
    return """
      SELECT d.channel FROM deliveries d
      WHERE d.hospital_id = \(log.hospital) AND \(sql: subject) AND d.occasion = \(log.occasion)
        AND d.kind = \(log.kind) AND d.user_id IS NOT DISTINCT FROM \(person)
        AND d.patient_id IS NOT DISTINCT FROM \(patient)
      """
  }

  /// Whether nobody of a tier has been or may still be reached. Neither the notification centre nor an event to pages
  /// that may not be open is proof of it.
  static func isUnreached(_ alert: AlertID, tier: Int, since occasion: Timestamp, in hospital: HospitalID) -> SQL {
    """
    SELECT NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.hospital_id = \(hospital) AND d.alert_id = \(alert)
      AND d.tier = \(tier) AND d.occasion >= \(occasion) AND (d.status = 'read' OR d.channel NOT IN ('in_app', 'socket')
        AND d.status IN ('queued', 'sent', 'delivered'))) AS is_unreached
    """
  }

  /// The log of an alert, and whether the caller may see the alert.
  static func log(of alert: AlertID, in hospital: HospitalID, boundTo department: DepartmentID?) -> ShortList {
    ShortList(
      """
      deliveries d JOIN alerts a ON a.hospital_id = d.hospital_id AND a.id = d.alert_id
      LEFT JOIN users u ON u.id = d.user_id
      WHERE d.hospital_id = \(hospital) AND d.alert_id = \(alert)
        AND (\(department)::uuid IS NULL OR a.department_id IS NULL OR a.department_id = \(department))
      """, order: [.init("d.created_at", "timestamptz"), .init("d.id", "uuid")])
  }

  static func isVisible(_ alert: AlertID, in hospital: HospitalID, boundTo department: DepartmentID?) -> SQL {
    """
    SELECT 1 FROM alerts a WHERE a.hospital_id = \(hospital) AND a.id = \(alert)
      AND (\(department)::uuid IS NULL OR a.department_id IS NULL OR a.department_id = \(department))
    """
  }
}
