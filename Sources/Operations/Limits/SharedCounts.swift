import Core
import Crypto
import Postgres

/// The counts of all nodes, as PostgreSQL adds them up. Keys are hashes: no name of anybody is in them.
struct SharedCounts: Sendable {
  struct Tally: Sendable {
    let key: String
    let seconds: Int
    let added: Int
  }

  struct Total: Sendable {
    let count: Int
    let endsAt: Timestamp
  }

  private let pool: PostgresPool

  init(pool: PostgresPool) { self.pool = pool }

  static func key(_ limit: String, _ subject: String) -> String {
    let hash = SHA256.hash(data: Array("\(limit)\u{0}\(subject)".utf8))
    return hash.prefix(16).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }

  /// Adds these calls and says how many each window has seen on all nodes.
  func add(_ tallies: [Tally]) async throws -> [String: Total] {
    let rows = try await pool.run([LimitQueries.count(tallies)])
    guard let counted = rows.first else { throw Failure.internalFault }
    var totals: [String: Total] = [:]
    for row in counted {
      totals[try row.decode("key")] = Total(count: try row.decode("count"), endsAt: try row.decode("ends_at"))
    }
    return totals
  }
}
