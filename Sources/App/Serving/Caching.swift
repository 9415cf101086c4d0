import Cache
import Core
import Logging
import Operations
import Postgres
import Secrets
import Telemetry

/// What is kept, in this process and in Redis, and what is told of it.
struct Caching: Sendable {
  let redis: RedisPool?
  let answers: AnswerCache
  private let metrics: Metrics

  init(
    _ settings: CacheSettings, secrets: KeyRing, pool: PostgresPool, clock: ServerClock, metrics: Metrics,
    logger: Logger
  ) {
    self.metrics = metrics
    redis = settings.redis.map { settings in
      RedisPool(settings) { state in
        metrics.count("ward_redis_breaker_total", ["state": state.word])
        switch state {
        case .open: logger.warning("Redis does not answer in time; PostgreSQL does its work for now")
        case .closed: logger.notice("Redis answers again")
        case .halfOpen: break
        }
      }
    }
    let layers = LayeredCache(
      memoryBytes: settings.memoryMebibytes << 20, redis: redis, sealing: AnswerCache.sealing(secrets), clock: clock,
      found: { metrics.count("ward_cache_total", ["layer": $0.rawValue]) })
    answers = AnswerCache(layers: layers, versions: TopicVersions(pool: pool))
  }

  func close() async { await redis?.close() }

  /// Of all answers that could have been kept the part that was.
  var ratio: Double {
    let counts = CacheLayer.allCases.map { metrics.value("ward_cache_total", ["layer": $0.rawValue]) }
    let all = counts.reduce(0, +)
    return all == 0 ? 0 : (counts[0] + counts[1]) / all
  }

  /// For whoever looks after the house.
  var figures: [String: JSONValue] {
    let memory = answers.layers.statistics
    func count(_ layer: CacheLayer) -> JSONValue {
      .integer(Int64(metrics.value("ward_cache_total", ["layer": layer.rawValue])))
    }
    var figures: [String: JSONValue] = [
      "memoryHits": count(.memory), "redisHits": count(.redis), "misses": count(.source), "hitRatio": .number(ratio),
      "values": .integer(Int64(memory.values)), "bytes": .integer(Int64(memory.bytes)),
      "maximumBytes": .integer(Int64(memory.limit)), "evicted": .integer(Int64(memory.evicted)),
    ]
    guard let redis = redis?.statistics else { return figures }
    figures["breaker"] = .string(redis.breaker)
    figures["redisConnections"] = .integer(Int64(redis.connections))
    figures["redisMaximum"] = .integer(Int64(redis.maximum))
    figures["redisOpened"] = .integer(Int64(redis.opened))
    figures["redisFailures"] = .integer(Int64(redis.failures))
    return figures
  }

  /// The same as one value.
  var report: JSONValue { .object(figures.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) }) }

  func describeMetrics() {
    let answers = self.answers
    metrics.describe("ward_cache_total", "Answers that may be kept, by where they were found.")
    metrics.describe("ward_redis_breaker_total", "Changes of the breaker in front of Redis, by its new state.")
    for layer in CacheLayer.allCases { metrics.count("ward_cache_total", ["layer": layer.rawValue], by: 0) }
    metrics.gauge("ward_cache_hit_ratio", "Kept answers of all that may be kept.") { ratio }
    metrics.gauge("ward_cache_memory_bytes", "Kept answers in memory.") { Double(answers.layers.statistics.bytes) }
    guard let redis else { return }
    metrics.gauge("ward_redis_connections", "Open connections to Redis.") { Double(redis.statistics.connections) }
    metrics.gauge("ward_redis_available", "1 while the breaker in front of Redis is closed.") {
      redis.isUsable ? 1 : 0
    }
  }
}
