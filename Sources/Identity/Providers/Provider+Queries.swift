import Core
import FoundationEssentials
import Postgres

/// The statements of accounts elsewhere.
enum ProviderQueries {
  static func begin(_ state: [UInt8], at provider: String, browser: [UInt8], sealed: [UInt8], seconds: Int) -> SQL {
    "SELECT begin_sign_in(\(state), \(provider), \(browser), \(sealed), \(seconds))"
  }

  static func take(_ state: [UInt8], at provider: String, browser: [UInt8]) -> SQL {
    "SELECT take_sign_in(\(state), \(provider), \(browser)) AS sealed"
  }

  static func account(
    _ subject: String, at provider: String, email: String?, isVerified: Bool, newID: UserID, name: String
  ) -> SQL {
    """
    SELECT outcome, user_id, email, name, hospital_id, is_usable
    FROM account_of(\(provider), \(subject), \(email), \(isVerified), \(newID), \(name))
    """
  }

  static func keep(
    _ tokens: [UInt8], scope: String?, until end: Timestamp?, of subject: String, at provider: String
  ) -> SQL {
    """
    UPDATE linked_accounts SET tokens = \(tokens), scope = \(scope), tokens_expire_at = \(end)
    WHERE provider = \(provider) AND subject = \(subject)
    """
  }

  static func foreignSession(
    _ id: SessionID, of user: UserID, in hospital: HospitalID?, hash: [UInt8], until end: Timestamp
  ) -> SQL {
    "SELECT foreign_session(\(id), \(user), \(hospital), \(hash), \(end))"
  }
}
