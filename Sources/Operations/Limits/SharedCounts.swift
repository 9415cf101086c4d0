import Cache
import Core
import Crypto
import Postgres
import Synchronization

/// The counts of all nodes, added up in Redis when it answers and in PostgreSQL when it does not. Keys are hashes: no
/// name of anybody is in them.
///
/// Each tally brings along what its node knows of the window. So a counter that was lost (Redis was flushed, forgot it
/// for want of memory, or the other of the two takes over) goes on where the best informed node is, and nobody gains
/// more than the calls that his node has not heard of yet. For a while after Redis came back both are asked.
final class SharedCounts: Sendable {
  struct Tally: Sendable {
    let key: String
    let seconds: Int
    let added: Int
    /// What the window has seen already, as far as this node knows.
    var floor = 0
  }

  struct Total: Sendable {
    let count: Int
    let endsAt: Timestamp
  }

  private let pool: PostgresPool
  private let redis: RedisCounts?
  /// When Redis was last passed by.
  private let lastWithout = Mutex<Timestamp?>(nil)
  /// The longest window that a strict limit of many calls has.
  private static let overlapSeconds = 600.0

  init(pool: PostgresPool, redis: RedisPool?) {
    self.pool = pool
    self.redis = redis.map(RedisCounts.init)
  }

  static func key(_ limit: String, _ subject: String) -> String {
    let hash = SHA256.hash(data: Array("\(limit)\u{0}\(subject)".utf8))
    return hash.prefix(16).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }

  /// Adds these calls and says how many each window has seen on all nodes.
  func add(_ tallies: [Tally], at now: Timestamp) async throws -> [String: Total] {
    guard let redis else { return try await addInPostgres(tallies) }
    // Whatever goes wrong there is counted and shown by its pool; PostgreSQL counts instead.
    guard redis.redis.isUsable, let totals = try? await redis.add(tallies, at: now) else {
      lastWithout.withLock { $0 = now }
      return try await addInPostgres(tallies)
    }
    guard let last = lastWithout.withLock({ $0 }), now.seconds(since: last) < Self.overlapSeconds else { return totals }
    return totals.merging(try await addInPostgres(tallies)) { $0.count >= $1.count ? $0 : $1 }
  }

  private func addInPostgres(_ tallies: [Tally]) async throws -> [String: Total] {
    let rows = try await pool.run([LimitQueries.count(tallies)])
    guard let counted = rows.first else { throw Failure.internalFault }
    var totals: [String: Total] = [:]
    for row in counted {
      totals[try row.decode("key")] = Total(count: try row.decode("count"), endsAt: try row.decode("ends_at"))
    }
    return totals
  }
}
