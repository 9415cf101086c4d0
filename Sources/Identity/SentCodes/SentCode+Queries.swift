import Core
import Postgres

/// The statements of codes that are sent to somebody.
enum SentCodeQueries {
  static func begin(_ key: String, _ fingerprint: String) -> SQL {
    "SELECT begin_sign_in_code(\(key), \(fingerprint)) AS wait_seconds"
  }

  static func attempt(_ key: String, _ fingerprints: [String]) -> SQL {
    "SELECT try_sign_in_code(\(key), \(fingerprints)) AS is_right"
  }

  static func use(_ key: String, _ fingerprints: [String]) -> SQL {
    "SELECT use_sign_in_code(\(key), \(fingerprints)) AS is_right"
  }

  static func person(of email: EmailAddress) -> SQL {
    "SELECT user_id, name, hospital_id FROM person_of(\(email.text))"
  }
}
