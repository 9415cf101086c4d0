import Core
import Synchronization
import Testing

@testable import Cache

@Suite(.timeLimit(.minutes(1))) struct LayeredCacheTests {
  private let clock = ServerClock()
  private static let bare = LayeredCache.Sealing(seal: { bytes, _ in bytes }, open: { bytes, _ in bytes })

  private func cache(_ redis: RedisPool? = nil) -> LayeredCache {
    LayeredCache(memoryBytes: 1 << 20, redis: redis, sealing: Self.bare, clock: clock, found: { _ in })
  }

  @Test(
    "230: a value is there until its time by the one clock and not a moment longer", arguments: [60, 300, 1800, 3600])
  func expires(seconds: Int64) async throws {
    let cache = cache()
    var asked = 0
    func ask() async throws -> [UInt8] {
      try await cache.value("key", seconds: seconds) {
        asked += 1
        return [UInt8(asked)]
      }
    }
    let start = clock.now
    #expect(try await ask() == [1])
    clock.synchronise(with: start.adding(seconds: seconds - 2))
    #expect(try await ask() == [1])
    clock.synchronise(with: start.adding(seconds: seconds + 2))
    #expect(try await ask() == [2])
  }

  @Test("239: a Redis that is not there costs no answer, and after five failures nobody asks it")
  func withoutRedis() async throws {
    let address = try #require(RedisAddress("redis://127.0.0.1:1"))
    var settings = RedisSettings(address)
    settings.breakerCooldownSeconds = 60
    let states = Mutex<[String]>([])
    let pool = RedisPool(settings) { state in states.withLock { $0.append(state.word) } }
    let cache = cache(pool)
    for number in 0..<20 {
      #expect(try await cache.value("key \(number)", seconds: 60) { [UInt8(number)] } == [UInt8(number)])
    }
    #expect(!pool.isUsable && states.withLock { $0 } == ["open"])
    await #expect(throws: RedisError.unavailable) { try await pool.run(.ping) }
    await pool.close()
  }
}
