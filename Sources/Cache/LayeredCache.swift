package import Core
import Synchronization

/// Where a value was found.
package enum CacheLayer: String, Sendable, CaseIterable {
  case memory, redis, source
}

/// Values in the memory of this process and behind it in Redis, each until a time of its own.
///
/// Whoever asks says by the key which state of the source he means; a value under a key never changes. Redis holds
/// sealed bytes: what was altered or moved there does not open and counts as not found. Without Redis, or when it does
/// not answer in time, the source is asked.
package final class LayeredCache: Sendable {
  /// Seals and opens what stands in Redis; `place` is the key.
  package struct Sealing: Sendable {
    package let seal: @Sendable (_ bytes: [UInt8], _ place: String) -> [UInt8]?
    package let open: @Sendable (_ bytes: [UInt8], _ place: String) -> [UInt8]?

    package init(
      seal: @escaping @Sendable ([UInt8], String) -> [UInt8]?, open: @escaping @Sendable ([UInt8], String) -> [UInt8]?
    ) {
      self.seal = seal
      self.open = open
    }
  }

  private struct Entry: Sendable {
    let bytes: [UInt8]
    let expiresAt: Timestamp
  }

  package let redis: RedisPool?
  private let sealing: Sealing
  private let clock: ServerClock
  private let memory: Mutex<LeastRecent<String, Entry>>
  private let flights = SingleFlight<[UInt8]>()
  private let found: @Sendable (CacheLayer) -> Void
  private let storing = Mutex(0)

  /// Values on their way to Redis at once; more are not kept there.
  private static let storingLimit = 64
  /// Larger values are asked of the source again.
  private static let largest = 1 << 20

  package init(
    memoryBytes: Int, redis: RedisPool?, sealing: Sealing, clock: ServerClock,
    found: @escaping @Sendable (CacheLayer) -> Void
  ) {
    self.redis = redis
    self.sealing = sealing
    self.clock = clock
    self.found = found
    memory = Mutex(LeastRecent(limit: memoryBytes))
  }

  /// The value under the key, from memory, from Redis, or from `source`; many who ask at once ask the source once.
  package func value(
    _ key: String, seconds: Int64, source: () async throws -> [UInt8]
  ) async throws -> [UInt8] {
    if let bytes = remembered(key) {
      found(.memory)
      return bytes
    }
    return try await flights.fetch(key) {
      if let entry = await stored(key) {
        found(.redis)
        keep(key, entry)
        return entry.bytes
      }
      found(.source)
      let expiresAt = clock.now.adding(seconds: seconds)
      let entry = Entry(bytes: try await source(), expiresAt: expiresAt)
      keep(key, entry)
      store(key, entry)
      return entry.bytes
    }
  }

  package var statistics: (values: Int, bytes: Int, limit: Int, evicted: UInt64) {
    memory.withLock { ($0.count, $0.bytes, $0.limit, $0.evicted) }
  }

  private func remembered(_ key: String) -> [UInt8]? {
    let now = clock.now
    return memory.withLock { memory in
      guard let entry = memory.use(key) else { return nil }
      guard entry.expiresAt > now else {
        memory.remove(key)
        return nil
      }
      return entry.bytes
    }
  }

  private func keep(_ key: String, _ entry: Entry) {
    memory.withLock { $0.keep(key, entry, bytes: entry.bytes.count + key.utf8.count) }
  }

  private func stored(_ key: String) async -> Entry? {
    guard let redis, redis.isUsable else { return nil }
    // The pool counts what went wrong and shows it.
    guard let answer = try? await redis.run(.get(key)), let sealed = answer.bytes,
      let plain = sealing.open(sealed, key), plain.count >= 8
    else { return nil }
    let microseconds = plain.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let expiresAt = Timestamp(microseconds: Int64(bitPattern: microseconds))
    return expiresAt > clock.now ? Entry(bytes: Array(plain.dropFirst(8)), expiresAt: expiresAt) : nil
  }

  /// Behind the caller's back: he has his answer.
  private func store(_ key: String, _ entry: Entry) {
    guard let redis, redis.isUsable, entry.bytes.count <= Self.largest else { return }
    let mayStore = storing.withLock { count in
      guard count < Self.storingLimit else { return false }
      count += 1
      return true
    }
    guard mayStore else { return }
    let left = (entry.expiresAt.microseconds - clock.now.microseconds) / 1000
    let head = (0..<8).map { UInt8(truncatingIfNeeded: entry.expiresAt.microseconds >> (56 - 8 * $0)) }
    Task {
      defer { storing.withLock { $0 -= 1 } }
      guard left > 0, let sealed = sealing.seal(head + entry.bytes, key) else { return }
      // A Redis that is full or gone keeps nothing; the source has it.
      _ = try? await redis.run(.set(key, sealed, milliseconds: left))
    }
  }
}
