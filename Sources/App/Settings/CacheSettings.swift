package import Cache
import Configuration

/// How much is kept in memory, and the Redis behind it.
package struct CacheSettings: Sendable {
  /// Bytes of answers in memory.
  package var memoryMebibytes = 4
  /// Nil where there is no Redis.
  package var redis: RedisSettings?

  init() {}

  init(_ config: ConfigReader, _ problems: inout [String]) {
    func number(_ key: String, _ name: String, _ range: ClosedRange<Int>, _ keep: (Int) -> Void) {
      guard let text = config.string(forKey: .init(key)) else { return }
      guard let value = Int(text), range.contains(value) else {
        problems.append("\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound).")
        return
      }
      keep(value)
    }
    number("cache.memory.mebibytes", "WARD_CACHE_MEMORY_MEBIBYTES", 1...1024) { memoryMebibytes = $0 }
    if let text = config.string(forKey: "redis.url", isSecret: true) {
      if let address = RedisAddress(text) {
        redis = RedisSettings(address)
      } else {
        problems.append(
          "WARD_REDIS_URL must be redis://, perhaps user:password@, host:port and /number, or unix:// and a socket.")
      }
    }
    number("redis.connections", "WARD_REDIS_CONNECTIONS", 1...64) { redis?.connections = $0 }
    number("redis.timeout.milliseconds", "WARD_REDIS_TIMEOUT_MILLISECONDS", 5...1000) {
      redis?.timeout = .milliseconds($0)
    }
  }
}
