import Core
import Postgres

/// The statements of kept letters.
enum OutboxQueries {
  static func keep(_ id: JobID, _ letter: [UInt8]) -> SQL {
    "INSERT INTO ward.mail_outbox (id, letter) VALUES (\(id), \(letter)) ON CONFLICT (id) DO NOTHING"
  }

  static let newest: SQL = "SELECT id, letter, created_at FROM mail_outbox ORDER BY created_at DESC, id DESC LIMIT 100"
}
