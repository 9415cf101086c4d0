import Core
import FoundationEssentials
import Postgres

/// The statements of people, credentials and sessions.
enum IdentityQueries {
  static func password(of email: EmailAddress) -> SQL {
    "SELECT user_id, name, secret, is_usable, hospital_id FROM password_of(\(email.text))"
  }

  /// The new person with a password; `made` is false when the address is taken.
  static func signUp(_ id: UserID, email: EmailAddress, name: NameText, secret: String) -> SQL {
    "SELECT sign_up(\(id), \(email.text), \(name.text), \(secret)) AS made"
  }

  static func isTaken(_ email: EmailAddress) -> SQL { "SELECT is_taken(\(email.text)) AS taken" }

  static func setPassword(of user: UserID, to secret: String) -> SQL {
    """
    UPDATE credentials SET algorithm = 'argon2id', secret = \(secret) WHERE user_id = \(user) AND kind = 'password'
    """
  }

  /// A better hash of the same password, unless it was changed in the meantime.
  static func rehash(_ user: UserID, from old: String, to new: String) -> SQL {
    """
    UPDATE credentials SET algorithm = 'argon2id', secret = \(new)
    WHERE user_id = \(user) AND kind = 'password' AND secret = \(old)
    """
  }

  static func revokeSessions(of user: UserID) -> SQL {
    "UPDATE sessions SET revoked_at = ward.now() WHERE user_id = \(user) AND revoked_at IS NULL"
  }

  /// Speaks for this person from here to the end of the transaction.
  static func become(_ user: UserID, in hospital: HospitalID?) -> SQL {
    """
    SELECT set_config('ward.user', \(user.text), true), \
    set_config('ward.hospital', \(hospital?.text ?? ""), true)
    """
  }

  static func insertSession(
    _ id: SessionID, user: UserID, hospital: HospitalID?, token: SessionToken, address: String, userAgent: String,
    method: OpenedSession.Method, isVerified: Bool, verifiedAt: Timestamp?
  ) -> SQL {
    """
    INSERT INTO sessions (id, user_id, hospital_id, token_hash, address, user_agent, method, verified_at, expires_at)
    VALUES (\(id), \(user), \(hospital), \(token.hash), \(address), \(userAgent), \(method.rawValue),
      CASE WHEN \(isVerified) THEN ward.now() ELSE \(verifiedAt)::timestamptz END, ward.now() + interval '7 days')
    RETURNING expires_at
    """
  }

  static func noteLogin(of user: UserID, from address: String) -> SQL {
    """
    UPDATE users SET last_login_at = ward.now(), last_login_address = \(address), failed_attempts = 0,
      lockout_until = NULL
    WHERE id = \(user)
    """
  }

  static func revokeSession(_ id: SessionID) -> SQL {
    "UPDATE sessions SET revoked_at = ward.now() WHERE id = \(id) AND revoked_at IS NULL"
  }
}
