import Core
import FoundationEssentials
import Operations
package import Postgres

/// The statements of payments.
enum PaymentQueries {
  static func list(_ status: PaymentStatus?, in hospital: HospitalID) -> ShortList {
    ShortList(
      """
      payments p WHERE p.hospital_id = \(hospital)
        AND (\(status?.rawValue)::text IS NULL OR p.status = \(status?.rawValue))
      """, order: [.init("p.created_at", "timestamptz"), .init("p.id", "uuid")], isFalling: true)
  }

  /// Of the appointments of whose patient this person is.
  static func own(of person: UserID, in hospital: HospitalID) -> ShortList {
    ShortList(
      """
      payments p JOIN appointments a ON a.hospital_id = p.hospital_id AND a.id = p.appointment_id
        JOIN patients o ON o.hospital_id = a.hospital_id AND o.id = a.patient_id
      WHERE p.hospital_id = \(hospital) AND o.user_id = \(person)
      """, order: [.init("p.created_at", "timestamptz"), .init("p.id", "uuid")], isFalling: true)
  }

  static func isOwn(_ id: PaymentID, of person: UserID, in hospital: HospitalID) -> SQL {
    """
    SELECT 1 FROM payments p JOIN appointments a ON a.hospital_id = p.hospital_id AND a.id = p.appointment_id
      JOIN patients o ON o.hospital_id = a.hospital_id AND o.id = a.patient_id
    WHERE p.hospital_id = \(hospital) AND p.id = \(id) AND o.user_id = \(person)
    """
  }

  static func find(_ id: PaymentID, in hospital: HospitalID) -> SQL {
    "SELECT \(sql: PaymentKind.shape.sqlColumns) FROM payments p WHERE p.hospital_id = \(hospital) AND p.id = \(id)"
  }

  static func lock(_ id: PaymentID, in hospital: HospitalID) -> SQL {
    """
    SELECT p.hospital_id, p.id, p.appointment_id, p.subscription_id, p.amount_minor, p.currency, p.status, p.provider,
      p.provider_ref, p.transaction_id, p.processing_at, p.version
    FROM payments p WHERE p.hospital_id = \(hospital) AND p.id = \(id) FOR NO KEY UPDATE
    """
  }

  static func steps(of id: PaymentID, in hospital: HospitalID) -> SQL {
    "SELECT s.step, s.outcome FROM payment_steps s WHERE s.hospital_id = \(hospital) AND s.payment_id = \(id)"
  }

  static func stepList(of id: PaymentID, in hospital: HospitalID) -> ShortList {
    ShortList(
      "payment_steps s WHERE s.hospital_id = \(hospital) AND s.payment_id = \(id)",
      order: [.init("s.number", "integer")])
  }

  static func insert(_ id: PaymentID, for subscription: SubscriptionID, _ amount: Money, in hospital: HospitalID) -> SQL
  {
    """
    INSERT INTO payments (hospital_id, id, subscription_id, amount_minor, currency)
    VALUES (\(hospital), \(id), \(subscription), \(amount.minor), \(amount.currency.code))
    """
  }

  static func note(
    _ step: CheckoutSaga.Step, _ outcome: CheckoutSaga.Outcome, of id: PaymentID, in hospital: HospitalID
  ) -> SQL {
    """
    INSERT INTO payment_steps AS s (hospital_id, payment_id, step, outcome)
    VALUES (\(hospital), \(id), \(step.rawValue), \(outcome.rawValue)) ON CONFLICT DO NOTHING
    RETURNING (SELECT p.status FROM payments p WHERE p.hospital_id = s.hospital_id AND p.id = s.payment_id) AS status
    """
  }

  static func ofTransaction(_ transaction: String, in hospital: HospitalID) -> SQL {
    "SELECT p.id FROM payments p WHERE p.hospital_id = \(hospital) AND p.transaction_id = \(transaction)"
  }

  static func begin(_ id: PaymentID, by provider: String, transaction: String, in hospital: HospitalID) -> SQL {
    """
    UPDATE payments SET status = 'processing', provider = \(provider), transaction_id = \(transaction),
      processing_at = ward.now(), version = version + 1
    WHERE hospital_id = \(hospital) AND id = \(id)
    """
  }

  static func keep(reference: String, of id: PaymentID, in hospital: HospitalID) -> SQL {
    """
    UPDATE payments SET provider_ref = \(reference), version = version + 1
    WHERE hospital_id = \(hospital) AND id = \(id) AND provider_ref IS NULL
    """
  }

  /// The same for what was opened to be charged; no row where nobody waits for it any more.
  static func keep(opened reference: String, of id: PaymentID, in hospital: HospitalID) -> SQL {
    """
    UPDATE payments SET provider_ref = \(reference), version = version + 1
    WHERE hospital_id = \(hospital) AND id = \(id) AND provider_ref IS NULL AND status = 'processing' RETURNING id
    """
  }

  static func complete(
    _ id: PaymentID, by provider: String, method: DeskMethod?, transaction: String?, in hospital: HospitalID
  ) -> SQL {
    """
    UPDATE payments SET status = 'completed', provider = \(provider), method = \(method?.rawValue),
      transaction_id = COALESCE(transaction_id, \(transaction)), failure = NULL, paid_at = ward.now(), version = version + 1
    WHERE hospital_id = \(hospital) AND id = \(id)
    """
  }

  static func fail(_ id: PaymentID, _ reason: String, in hospital: HospitalID) -> SQL {
    """
    UPDATE payments SET status = 'failed', failure = \(reason), version = version + 1
    WHERE hospital_id = \(hospital) AND id = \(id)
    """
  }

  static func refund(_ id: PaymentID, in hospital: HospitalID) -> SQL {
    """
    UPDATE payments SET status = 'refunded', refunded_at = ward.now(), version = version + 1
    WHERE hospital_id = \(hospital) AND id = \(id)
    """
  }

  /// The next number of the hospital's year, and the payment that bears it: with the hospital's name, and the verified
  /// address of who pays it, where there is one.
  static func number(_ id: PaymentID, in hospital: HospitalID) -> SQL {
    """
    WITH counter AS (
      INSERT INTO receipt_counters AS c (hospital_id, year, last_number)
      VALUES (\(hospital), extract(year FROM ward.now() AT TIME ZONE 'UTC'), 1)
      ON CONFLICT (hospital_id, year) DO UPDATE SET last_number = c.last_number + 1 RETURNING year, last_number)
    UPDATE payments p SET receipt_number = counter.year || '-' || lpad(counter.last_number::text, 6, '0')
    FROM counter WHERE p.hospital_id = \(hospital) AND p.id = \(id)
    RETURNING p.receipt_number, (SELECT h.name FROM hospitals h WHERE h.id = p.hospital_id) AS hospital,
      (SELECT u.email FROM users u WHERE u.email_verified_at IS NOT NULL AND u.id = COALESCE(
        (SELECT x.user_id FROM appointments a JOIN patients x ON x.hospital_id = a.hospital_id AND x.id = a.patient_id
          WHERE a.hospital_id = p.hospital_id AND a.id = p.appointment_id),
        (SELECT s.created_by FROM subscriptions s
          WHERE s.hospital_id = p.hospital_id AND s.id = p.subscription_id))) AS email
    """
  }

  /// Paid, though their appointments were given up, and nobody has asked for the money yet.
  static func ofReleased(in hospital: HospitalID) -> SQL {
    """
    SELECT p.id FROM payments p JOIN appointments a ON a.hospital_id = p.hospital_id AND a.id = p.appointment_id
    WHERE p.hospital_id = \(hospital) AND p.status = 'completed' AND a.status IN ('cancelled', 'expired')
      AND NOT EXISTS (SELECT FROM payment_steps s
        WHERE s.hospital_id = p.hospital_id AND s.payment_id = p.id AND s.step = 'withdraw')
    LIMIT 100
    """
  }

  static let stuck: SQL = "SELECT s.hospital_id, s.id FROM ward.stuck_payments() s"
}

package enum PaymentKind: Shaped {
  package static let shape = RowShape([
    .init("id", "p.id", .uuid), .init("appointmentId", "p.appointment_id", .uuid, nullable: true),
    .init("subscriptionId", "p.subscription_id", .uuid, nullable: true),
    .init("amountMinor", "p.amount_minor", .integer), .init("currency", "p.currency", .string),
    .init("status", "p.status", .string), .init("provider", "p.provider", .string, nullable: true),
    .init("method", "p.method", .string, nullable: true),
    .init("providerRef", "p.provider_ref", .string, nullable: true),
    .init("transactionId", "p.transaction_id", .string, nullable: true),
    .init("failure", "p.failure", .string, nullable: true),
    .init("receiptNumber", "p.receipt_number", .string, nullable: true),
    .init("paidAt", "p.paid_at", .timestamp, nullable: true),
    .init("refundedAt", "p.refunded_at", .timestamp, nullable: true), .init("version", "p.version", .integer),
    .init("createdAt", "p.created_at", .timestamp),
  ])
}

package enum PaymentStepKind: Shaped {
  package static let shape = RowShape([
    .init("step", "s.step", .string), .init("outcome", "s.outcome", .string), .init("at", "s.at", .timestamp),
  ])
}
