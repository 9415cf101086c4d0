import Core
import Postgres

/// The statements of signing keys and refresh tokens.
enum TokenQueries {
  /// The newest first; one that signs no more is believed for 30 days, longer than any token lives.
  static func keys() -> SQL {
    """
    SELECT kid, private_key FROM signing_keys WHERE created_at > ward.now() - interval '120 days'
    ORDER BY created_at DESC, kid
    """
  }

  static func addKey(_ name: String, open: [UInt8], sealed: [UInt8], days: Int) -> SQL {
    "SELECT add_signing_key(\(name), \(open), \(sealed), \(days)) AS made"
  }

  static func begin(_ session: SessionID, in hospital: HospitalID?, _ token: RefreshToken) -> SQL {
    "SELECT begin_refresh(\(session), \(hospital), \(token.hash), \(RefreshToken.seconds)) AS refresh_expires_at"
  }

  static func trade(_ old: RefreshToken, for new: RefreshToken) -> SQL {
    """
    SELECT outcome, session_id, user_id, hospital_id, refresh_expires_at
    FROM trade_refresh(\(old.hash), \(new.hash), \(RefreshToken.seconds))
    """
  }
}
