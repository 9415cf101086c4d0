import Broker
import Cache
import Core
import Gateway
import Postgres
import Realtime

/// What `/health` tells of a running Ward.
extension House {
  static func parts(_ watch: SelfWatch?, _ broker: BrokeredTransport?, _ redis: RedisPool?) -> [Health.Part] {
    var parts: [Health.Part] = []
    if let redis { parts.append(Health.Part("redis", isWell: redis.isUsable, isNeeded: false)) }
    if let broker { parts.append(Health.Part("rabbitmq", isWell: broker.client.isConnected, isNeeded: false)) }
    if let watch {
      let reason = watch.reason
      parts.append(Health.Part("watch", isWell: reason == nil, reason: reason))
      // Calls are still well served here, so whoever shares them out goes on sending them.
      let elsewhere = watch.reasonElsewhere
      parts.append(Health.Part("otherNodes", isWell: elsewhere == nil, isNeeded: false, reason: elsewhere))
    }
    return parts
  }

  static func figures(_ pool: PostgresPool, _ hub: SocketHub) -> [String: JSONValue] {
    let pool = pool.statistics
    return [
      "pool": [
        "minimum": .integer(Int64(pool.minimum)), "maximum": .integer(Int64(pool.maximum)),
        "open": .integer(Int64(pool.open)), "idle": .integer(Int64(pool.idle)), "busy": .integer(Int64(pool.busy)),
        "waiting": .integer(Int64(pool.waiting)), "connectTimeoutSeconds": .number(pool.connectTimeoutSeconds),
        "acquireTimeoutSeconds": .number(pool.acquireTimeoutSeconds),
        "idleTimeoutSeconds": .number(pool.idleTimeoutSeconds),
        "startTimeoutSeconds": .number(pool.startTimeoutSeconds),
      ], "sockets": .integer(Int64(hub.count)),
    ]
  }
}
