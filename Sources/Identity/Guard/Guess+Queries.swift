import Core
import Postgres

/// The statements that count guesses.
enum GuessQueries {
  static func begin(_ lanes: [GuessLane]) -> SQL {
    """
    SELECT outcome, locked_until
    FROM begin_guess(\(lanes.map(\.key)), \(lanes.map(\.limit)), \(lanes.map(\.windowSeconds)))
    """
  }

  static func end(_ lanes: [GuessLane], _ result: GuessResult, person: EmailAddress?) -> SQL {
    "SELECT end_guess(\(lanes.map(\.key)), \(lanes.map(\.limit)), \(result.rawValue), \(person?.text))"
  }

  static func device(_ hash: [UInt8], of email: EmailAddress) -> SQL {
    "SELECT is_own, is_known FROM device_of(\(email.text), \(hash))"
  }

  static func devices(of user: UserID) -> SQL { "SELECT device_hash FROM devices_of(\(user))" }

  static func clear(_ lanes: [GuessLane], of user: UserID) -> SQL {
    "SELECT clear_guesses(\(lanes.map(\.key)), \(user))"
  }

  static func remember(_ hash: [UInt8], of user: UserID) -> SQL {
    """
    INSERT INTO sign_in_devices (user_id, device_hash, created_at, seen_at)
    VALUES (\(user), \(hash), ward.now(), ward.now())
    ON CONFLICT (user_id, device_hash) DO UPDATE SET seen_at = excluded.seen_at
    """
  }
}
