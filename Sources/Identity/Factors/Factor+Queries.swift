import Core
import Postgres

/// The statements of second factors and backup codes.
enum FactorQueries {
  static func factor(of user: UserID) -> SQL {
    "SELECT secret, last_step, is_confirmed FROM factor_of(\(user))"
  }

  static func take(step: Int64, of user: UserID) -> SQL { "SELECT take_step(\(user), \(step)) AS taken" }

  static func take(_ fingerprints: [String], of user: UserID) -> SQL {
    "SELECT take_backup_code(\(user), \(fingerprints)) AS taken"
  }

  /// None is returned when there is a confirmed one already.
  static func begin(_ secret: [UInt8], of user: UserID) -> SQL {
    """
    INSERT INTO second_factors AS f (user_id, secret, created_at) VALUES (\(user), \(secret), ward.now())
    ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, last_step = 0, created_at = excluded.created_at
      WHERE f.confirmed_at IS NULL
    RETURNING user_id
    """
  }

  static func confirm(of user: UserID) -> SQL {
    """
    UPDATE second_factors SET confirmed_at = ward.now() WHERE user_id = \(user) AND confirmed_at IS NULL
    RETURNING user_id
    """
  }

  static func remove(of user: UserID) -> SQL { "DELETE FROM second_factors WHERE user_id = \(user) RETURNING user_id" }

  static func removeBackupCodes(of user: UserID) -> SQL { "DELETE FROM backup_codes WHERE user_id = \(user)" }

  static func addBackupCodes(_ fingerprints: [String], of user: UserID) -> SQL {
    """
    INSERT INTO backup_codes (user_id, fingerprint, created_at)
    SELECT \(user), f.code, ward.now() FROM unnest(\(fingerprints)::text[]) AS f (code)
    """
  }

  static func state(of user: UserID) -> SQL {
    """
    SELECT f.confirmed_at, (
      SELECT count(*) FROM backup_codes b WHERE b.user_id = \(user) AND b.used_at IS NULL) AS backup_codes_left
    FROM (SELECT 1) AS always LEFT JOIN second_factors f ON f.user_id = \(user) AND f.confirmed_at IS NOT NULL
    """
  }
}
