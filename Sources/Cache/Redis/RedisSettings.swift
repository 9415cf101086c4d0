/// How Redis is spoken to.
package struct RedisSettings: Sendable {
  package var address: RedisAddress
  /// Connections at most.
  package var connections = 4
  /// How long one call may take, with the wait for a connection: what takes longer is asked of PostgreSQL instead.
  package var timeout = Duration.milliseconds(50)
  package var connectTimeout = Duration.seconds(1)
  /// Failures in a row that open the breaker.
  package var breakerThreshold = 5
  package var breakerCooldownSeconds = 1.0
  /// Callers that wait for a connection at once.
  package var waiting = 1000

  package init(_ address: RedisAddress) { self.address = address }
}

/// How the connections to Redis are.
package struct RedisStatistics: Sendable {
  package let breaker: String
  package let connections: Int
  package let maximum: Int
  package let idle: Int
  package let waiting: Int
  package let opened: UInt64
  package let failures: UInt64
}
