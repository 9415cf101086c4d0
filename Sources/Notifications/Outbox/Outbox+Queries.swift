import Core
import Postgres

/// The statements of kept letters.
enum OutboxQueries {
  static func keep(_ id: JobID, _ letter: [UInt8]) -> SQL {
    "SELECT ward.keep_letter(\(id), \(letter))"
  }

  static let newest: SQL = "SELECT id, letter, created_at FROM kept_letters()"
}
