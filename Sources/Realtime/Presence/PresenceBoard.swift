package import Cache
package import Core
package import Logging
package import Postgres
import Synchronization

/// Where nodes tell one another who is connected to them: in Redis when it answers, in PostgreSQL when it does not.
///
/// Each word carries its own end, `lifetimeSeconds` from when it was said, by the one clock.
package final class PresenceBoard: Sendable {
  /// Who a person or screen is, since when, and with how many connections.
  struct Presence: Sendable, Hashable {
    let id: String
    var since: Timestamp
    var connections: Int
  }

  static let lifetimeSeconds = 20
  private let node: Identifier<AnyEntity>
  private let pool: PostgresPool
  private let redis: RedisPool?
  private let sealing: LayeredCache.Sealing
  private let clock: ServerClock
  private let logger: Logger
  /// Whether something of this node stands in PostgreSQL.
  private let standsInPostgres = Mutex(false)

  package init(
    pool: PostgresPool, redis: RedisPool?, sealing: LayeredCache.Sealing, clock: ServerClock, logger: Logger
  ) {
    node = .new(at: clock.now)
    self.pool = pool
    self.redis = redis
    self.sealing = sealing
    self.clock = clock
    self.logger = logger
  }

  /// Says who is connected here; an empty list takes the hospital's word back.
  func tell(_ people: [HospitalID: [Presence]]) async {
    guard !people.isEmpty else { return }
    let told = people.map { (hospital: $0.key, people: Self.text(of: $0.value)) }
    if await tellRedis(told) {
      guard standsInPostgres.withLock({ $0 }) else { return }
      await tellPostgres(told.map { ($0.hospital, "[]") })
      standsInPostgres.withLock { $0 = false }
    } else {
      standsInPostgres.withLock { $0 = true }
      await tellPostgres(told)
    }
  }

  /// What all nodes said in Redis of a hospital, as rows for a statement.
  func inRedis(of hospital: HospitalID) async -> JSONValue {
    guard let redis, redis.isUsable else { return [] }
    let key = Self.key(hospital)
    // Whatever went wrong is counted by the pool; what others said in PostgreSQL is shown.
    guard let answer = try? await redis.run(RedisCommand("HGETALL", key)), let pairs = answer.array else { return [] }
    var rows: [JSONValue] = []
    let now = clock.now
    for index in stride(from: 0, to: pairs.count - 1, by: 2) {
      guard let name = pairs[index].bytes.map({ String(decoding: $0, as: UTF8.self) }),
        let sealed = pairs[index + 1].bytes,
        let plain = sealing.open(sealed, "\(key) \(name)"), let row = try? JSONParser.parse(plain),
        let end = row["expires_at"]?.whole, end > now.microseconds
      else { continue }
      rows.append(row)
    }
    return .array(rows)
  }

  private func tellRedis(_ told: [(hospital: HospitalID, people: String)]) async -> Bool {
    guard let redis, redis.isUsable else { return false }
    let now = clock.now
    let end = now.adding(seconds: Int64(Self.lifetimeSeconds))
    for start in stride(from: 0, to: told.count, by: 50) {
      var commands: [RedisCommand] = []
      for (hospital, people) in told[start..<min(start + 50, told.count)] {
        let key = Self.key(hospital)
        guard people != "[]" else {
          commands.append(RedisCommand("HDEL", key, node.text))
          continue
        }
        let row = """
          {"node":"\(node.text)","told_at":"\(now.rfc3339)","expires_at":\(end.microseconds),"people":\(people)}
          """
        guard let sealed = sealing.seal(Array(row.utf8), "\(key) \(node.text)") else { return false }
        commands.append(RedisCommand([Array("HSET".utf8), Array(key.utf8), Array(node.text.utf8), sealed]))
        commands.append(RedisCommand("EXPIRE", key, String(3 * Self.lifetimeSeconds)))
      }
      guard let answers = try? await redis.run(commands), answers.allSatisfy({ $0.refusal == nil }) else {
        return false
      }
    }
    return true
  }

  private func tellPostgres(_ told: [(hospital: HospitalID, people: String)]) async {
    do {
      _ = try await pool.run(PresenceQueries.keep(told, node: node, seconds: Self.lifetimeSeconds))
    } catch {
      logger.warning("who is connected was not told to the other nodes", metadata: ["error": "\(error)"])
    }
  }

  private static func key(_ hospital: HospitalID) -> String { "ward:{\(hospital.text)}:presence" }

  private static func text(of people: [Presence]) -> String {
    JSONValue.array(
      people.sorted { $0.id < $1.id }.map { person in
        [
          "id": .string(person.id), "since": .string(person.since.rfc3339),
          "connections": .integer(Int64(person.connections)),
        ]
      }
    ).encoded
  }
}
