package import Core
import Operations
import Postgres
import Secrets

/// A person's telephone number: sealed, known by a keyed hash, of use once it is proved.
package enum OwnPhone {
  package static func place(of person: UserID) -> String { "own_phones.number \(person.text)" }

  /// The proved number; nil where there is none.
  static func proved(of person: UserID, _ call: Preparation) async throws -> InternationalNumber? {
    let row = try await call.rows(OwnPhoneQueries.proved(person)).first
    guard let sealed = try row?.decode("number", as: [UInt8]?.self) else { return nil }
    return InternationalNumber(unchecked: try call.secrets.openText(sealed, for: .phone, place: place(of: person)))
  }

  /// By which a code that went to a number is known again.
  static func fingerprints(_ code: OneTimeCode, of person: UserID, _ secrets: KeyRing) -> [String] {
    secrets.fingerprints(of: "own phone \(person.text) \(code.text)", for: .mailedCode).map { Base64URL.encode($0) }
  }
}

/// The statements of people's own telephone numbers.
enum OwnPhoneQueries {
  static func proved(_ person: UserID) -> SQL { "SELECT proved_phone(\(person)) AS number" }

  static func find(_ person: UserID) -> SQL {
    "SELECT number, proved_at FROM own_phones WHERE user_id = \(person)"
  }

  static func keep(_ person: UserID, sealed: [UInt8], print: [UInt8], fingerprint: String) -> SQL {
    """
    INSERT INTO own_phones AS p (user_id, number, print, fingerprint)
    VALUES (\(person), \(sealed), \(print), \(fingerprint))
    ON CONFLICT (user_id) DO UPDATE SET number = excluded.number, print = excluded.print,
      fingerprint = excluded.fingerprint, tries = 0, asked_at = ward.now(), proved_at = NULL
    """
  }

  static func prove(_ person: UserID, _ fingerprints: [String]) -> SQL {
    "SELECT prove_phone(\(person), \(fingerprints)) AS is_right"
  }

  static func remove(_ person: UserID) -> SQL {
    "DELETE FROM own_phones WHERE user_id = \(person) RETURNING user_id"
  }
}
