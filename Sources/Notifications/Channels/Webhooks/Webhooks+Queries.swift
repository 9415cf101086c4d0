import Core
import FoundationEssentials
import Operations
import Postgres

/// The statements of endpoints, as their hospital's administrators see and change them.
enum WebhookQueries {
  private static func source(_ hospital: HospitalID) -> SQL {
    """
    webhooks w JOIN webhook_cursors c ON c.hospital_id = w.hospital_id AND c.webhook_id = w.id
      JOIN event_counters n ON n.hospital_id = w.hospital_id
    WHERE w.hospital_id = \(hospital)
    """
  }

  static func list(in hospital: HospitalID) -> ShortList {
    ShortList(source(hospital), order: [.init("w.id", "uuid")])
  }

  static func find(_ id: WebhookID, in hospital: HospitalID) -> SQL {
    "SELECT \(sql: WebhookKind.shape.sqlColumns) FROM \(sql: source(hospital)) AND w.id = \(id)"
  }

  /// Whoever makes two at once makes them one after the other.
  static func line(of hospital: HospitalID) -> SQL {
    "SELECT pg_advisory_xact_lock(hashtextextended(\("webhooks " + hospital.text), 0))"
  }

  /// No row when the hospital has as many as any may have.
  static func insert(
    _ id: WebhookID, _ new: CreateWebhook, events: [String], sealed: [UInt8], by user: UserID?,
    in hospital: HospitalID, most: Int
  ) -> SQL {
    """
    INSERT INTO webhooks (hospital_id, id, url, description, events, secret, created_by)
    SELECT \(hospital), \(id), \(new.url.text), \(new.description?.text), \(events), \(sealed), \(user)
    WHERE (SELECT count(*) FROM webhooks WHERE hospital_id = \(hospital)) < \(most)
    RETURNING id
    """
  }

  /// It hears what comes from now on.
  static func begin(_ id: WebhookID, in hospital: HospitalID) -> SQL {
    """
    INSERT INTO webhook_cursors (hospital_id, webhook_id, position)
    SELECT hospital_id, \(id), last_number FROM event_counters WHERE hospital_id = \(hospital)
    """
  }

  static func update(_ edit: UpdateWebhook, in hospital: HospitalID) -> SQL {
    """
    UPDATE webhooks w SET url = COALESCE(\(edit.url?.text), w.url),
      description = COALESCE(\(edit.description?.text), w.description),
      events = COALESCE(\(edit.events?.list.map(\.rawValue))::text[], w.events),
      is_active = COALESCE(\(edit.isActive)::boolean, w.is_active), version = w.version + 1
    WHERE w.hospital_id = \(hospital) AND w.id = \(edit.webhookId) AND w.version = \(edit.version.value)
    RETURNING w.id
    """
  }

  /// What was changed is tried at once, as if nothing had gone wrong before; and whoever hands events over as it was
  /// before loses his lease, so that he hands over no more of them.
  static func wake(_ id: WebhookID, in hospital: HospitalID) -> SQL {
    """
    UPDATE webhook_cursors c SET is_active = w.is_active, breaker = 'closed', failures = 0, due_at = ward.now(),
      lease_token = NULL, leased_until = NULL
    FROM webhooks w WHERE c.hospital_id = \(hospital) AND c.webhook_id = \(id)
      AND w.hospital_id = c.hospital_id AND w.id = c.webhook_id
    """
  }

  static func setSecret(_ sealed: [UInt8], of id: WebhookID, in hospital: HospitalID) -> SQL {
    """
    UPDATE webhooks SET secret = \(sealed), version = version + 1 WHERE hospital_id = \(hospital) AND id = \(id)
    RETURNING id
    """
  }

  static func delete(_ id: WebhookID, in hospital: HospitalID) -> SQL {
    "DELETE FROM webhooks WHERE hospital_id = \(hospital) AND id = \(id) RETURNING id"
  }

  static func deliveries(of id: WebhookID, in hospital: HospitalID) -> ShortList {
    ShortList(
      "webhook_deliveries d WHERE d.hospital_id = \(hospital) AND d.webhook_id = \(id)",
      order: [.init("d.event_number", "bigint")], isFalling: true)
  }

  /// An event that is still kept, to be handed over once more.
  static func askAgain(_ id: WebhookDeliveryID, in hospital: HospitalID) -> SQL {
    """
    UPDATE webhook_deliveries d SET status = 'waiting', finished_at = NULL, reason = NULL
    WHERE d.hospital_id = \(hospital) AND d.id = \(id) AND d.status <> 'waiting' AND EXISTS (
      SELECT FROM events e WHERE e.hospital_id = d.hospital_id AND e.number = d.event_number)
    RETURNING \(sql: WebhookDeliveryKind.shape.sqlColumns)
    """
  }

  static func delivery(_ id: WebhookDeliveryID, in hospital: HospitalID) -> SQL {
    "SELECT status FROM webhook_deliveries WHERE hospital_id = \(hospital) AND id = \(id)"
  }
}
