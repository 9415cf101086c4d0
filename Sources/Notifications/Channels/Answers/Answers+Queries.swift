import Core
import Operations
import Postgres

/// The statements of replies and what they may answer.
enum AnswerQueries {
  static func isProved(_ person: UserID, _ prints: [[UInt8]]) -> SQL {
    "SELECT is_proved_phone(\(person), \(prints)::bytea[]) AS is_proved"
  }

  static func isProved(_ person: UserID, address: String) -> SQL {
    "SELECT 1 FROM users WHERE id = \(person) AND email = \(address) AND email_verified_at IS NOT NULL"
  }

  static func code(of delivery: DeliveryID, in hospital: HospitalID) -> SQL {
    "SELECT code FROM reply_codes WHERE hospital_id = \(hospital) AND delivery_id = \(delivery)"
  }

  static func open(_ prints: [[UInt8]], scope: HospitalID?) -> SQL {
    "SELECT * FROM replies_to(\(prints)::bytea[], \(scope)::uuid)"
  }

  /// The code that counts: the first one, where two send the same message at once.
  static func insert(
    _ code: String, _ delivery: DeliveryID, to person: UserID, about alert: AlertID, _ print: [UInt8], isOwn: Bool,
    hours: Int64, in hospital: HospitalID
  ) -> SQL {
    """
    INSERT INTO reply_codes (hospital_id, delivery_id, user_id, alert_id, print, code, is_own, expires_at)
    VALUES (\(hospital), \(delivery), \(person), \(alert), \(print), \(code), \(isOwn),
      ward.now() + make_interval(hours => \(Int(hours))))
    ON CONFLICT (hospital_id, delivery_id) DO UPDATE SET code = reply_codes.code RETURNING code
    """
  }

  static func use(_ delivery: DeliveryID, in hospital: HospitalID) -> SQL {
    """
    UPDATE reply_codes SET used_at = ward.now()
    WHERE hospital_id = \(hospital) AND delivery_id = \(delivery) AND used_at IS NULL RETURNING 1 AS was_open
    """
  }
}
