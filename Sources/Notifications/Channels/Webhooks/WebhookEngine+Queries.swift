import Core
import FoundationEssentials
import Postgres

/// The statements by which events are handed over.
enum WebhookWorkQueries {
  static let leaseSeconds = 60

  /// Endpoints whose hospital has news for them, of those hospitals that do not fill their share already; as the
  /// engine's role.
  static func claim(token: UUID, limit: Int, perHospital: Int, busy: [HospitalID]) -> SQL {
    """
    UPDATE ward.webhook_cursors c SET lease_token = \(token),
      leased_until = ward.now() + make_interval(secs => \(leaseSeconds))
    FROM (
      SELECT hospital_id, webhook_id FROM (
        SELECT w.hospital_id, w.webhook_id, w.due_at,
          row_number() OVER (PARTITION BY w.hospital_id ORDER BY w.due_at, w.webhook_id) AS place
        FROM ward.webhook_cursors w JOIN ward.event_counters n ON n.hospital_id = w.hospital_id
        WHERE w.is_active AND w.due_at <= ward.now() AND n.last_number > w.position
          AND (w.leased_until IS NULL OR w.leased_until <= ward.now())
          AND w.hospital_id <> ALL (\(busy.map(\.rawValue))::uuid[])) waiting
      WHERE place <= \(perHospital) ORDER BY due_at LIMIT \(limit)) ready
    WHERE c.hospital_id = ready.hospital_id AND c.webhook_id = ready.webhook_id
      AND (c.leased_until IS NULL OR c.leased_until <= ward.now())
    RETURNING c.hospital_id, c.webhook_id
    """
  }

  /// The endpoint while the lease is ours, and the newest number.
  static func endpoint(_ id: WebhookID, in hospital: HospitalID, token: UUID) -> SQL {
    """
    SELECT w.url, w.events, w.secret, c.position, c.breaker, c.failures, n.last_number
    FROM webhook_cursors c JOIN webhooks w ON w.hospital_id = c.hospital_id AND w.id = c.webhook_id
      JOIN event_counters n ON n.hospital_id = c.hospital_id
    WHERE c.hospital_id = \(hospital) AND c.webhook_id = \(id) AND c.lease_token = \(token) AND w.is_active
    """
  }

  static func events(after position: Int64, in hospital: HospitalID, limit: Int) -> SQL {
    """
    SELECT number, id, name, payload, created_at FROM events
    WHERE hospital_id = \(hospital) AND number > \(position) ORDER BY number LIMIT \(limit)
    """
  }

  /// One event further; no row when the lease is somebody else's by now.
  static func advance(_ id: WebhookID, in hospital: HospitalID, to number: Int64, token: UUID) -> SQL {
    """
    UPDATE webhook_cursors SET position = \(number), breaker = 'closed', failures = 0, due_at = ward.now(),
      leased_until = ward.now() + make_interval(secs => \(leaseSeconds))
    WHERE hospital_id = \(hospital) AND webhook_id = \(id) AND lease_token = \(token) RETURNING 1 AS held
    """
  }

  /// Rests after a failure, where it is or one event further.
  static func rest(
    _ id: WebhookID, in hospital: HospitalID, at position: Int64, _ breaker: Breaker, seconds: Int64, token: UUID
  ) -> SQL {
    """
    UPDATE webhook_cursors SET position = \(position), breaker = \(breaker.state.rawValue),
      failures = \(breaker.failures), due_at = ward.now() + make_interval(secs => \(Int(seconds))), lease_token = NULL,
      leased_until = NULL
    WHERE hospital_id = \(hospital) AND webhook_id = \(id) AND lease_token = \(token)
    """
  }

  static func release(_ id: WebhookID, in hospital: HospitalID, token: UUID) -> SQL {
    """
    UPDATE webhook_cursors SET lease_token = NULL, leased_until = NULL
    WHERE hospital_id = \(hospital) AND webhook_id = \(id) AND lease_token = \(token)
    """
  }

  static func switchOff(_ id: WebhookID, in hospital: HospitalID) -> [SQL] {
    [
      "UPDATE webhooks SET is_active = false WHERE hospital_id = \(hospital) AND id = \(id)",
      "UPDATE webhook_cursors SET is_active = false WHERE hospital_id = \(hospital) AND webhook_id = \(id)",
    ]
  }

  /// What came of one try; how many there were by now.
  static func note(
    _ new: WebhookDeliveryID, _ message: WebhookMessage, to id: WebhookID, in hospital: HospitalID,
    status: String, responseStatus: Int?, reason: String?
  ) -> SQL {
    """
    INSERT INTO webhook_deliveries AS d (hospital_id, id, webhook_id, event_number, event_id, event_name, status,
      attempts, response_status, reason, finished_at)
    VALUES (\(hospital), \(new), \(id), \(message.number), \(message.id), \(message.name), \(status), 1,
      \(responseStatus), \(reason), CASE WHEN \(status) = 'waiting' THEN NULL ELSE ward.now() END)
    ON CONFLICT (hospital_id, webhook_id, event_number) DO UPDATE SET status = excluded.status,
      attempts = d.attempts + 1, response_status = excluded.response_status, reason = excluded.reason,
      finished_at = excluded.finished_at
    RETURNING d.attempts
    """
  }

  static func giveUp(_ number: Int64, of id: WebhookID, in hospital: HospitalID) -> SQL {
    """
    UPDATE webhook_deliveries SET status = 'failed', finished_at = ward.now()
    WHERE hospital_id = \(hospital) AND webhook_id = \(id) AND event_number = \(number)
    """
  }

  /// One event that is to be handed over once more.
  static func again(_ id: WebhookDeliveryID, in hospital: HospitalID) -> SQL {
    """
    SELECT w.id AS webhook_id, w.url, w.secret, e.number, e.id, e.name, e.payload, e.created_at
    FROM webhook_deliveries d JOIN webhooks w ON w.hospital_id = d.hospital_id AND w.id = d.webhook_id
      JOIN events e ON e.hospital_id = d.hospital_id AND e.number = d.event_number
    WHERE d.hospital_id = \(hospital) AND d.id = \(id) AND d.status = 'waiting'
    """
  }
}
