import Core
import Postgres

/// The statements of sign-ins that wait for a second factor.
enum SecondStepQueries {
  static func begin(_ ticket: [UInt8], of user: UserID, returnTo: String, seconds: Int) -> SQL {
    "SELECT begin_second_step(\(ticket), \(user), \(returnTo), \(seconds))"
  }

  static func find(_ ticket: [UInt8]) -> SQL {
    "SELECT user_id, email, name, hospital_id, return_to FROM second_step(\(ticket))"
  }

  static func take(_ ticket: [UInt8]) -> SQL { "SELECT take_second_step(\(ticket)) AS taken" }
}
