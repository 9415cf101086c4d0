/// The queues at the broker, most urgent first: one per priority class, since quorum queues have no priorities.
package enum BrokerQueue: String, Sendable, CaseIterable {
  case critical, high, normal, low, background

  /// The queue's name, which is its routing key, too.
  package var name: String { "ward.jobs.\(rawValue)" }

  package static let exchange = "ward.jobs"
  /// What nobody could handle.
  package static let deadExchange = "ward.dead"
  package static let deadQueue = "ward.jobs.dead"
}

/// How much of everything there may be at the broker.
package enum BrokerLimits {
  /// Channels of one node; the broker is told and refuses more.
  package static let channels = 10
  /// What a queue holds before it refuses; what it refuses is claimed from PostgreSQL.
  static let queueLength: Int64 = 200_000
  static let deadLength: Int64 = 10_000
  static let deadMilliseconds: Int64 = 7 * 86_400_000
  /// How often a message is delivered and not settled before it counts as one that nobody can handle.
  static let deliveries: Int64 = 20
  /// An id is 36 bytes.
  static let bodyBytes = 64
  static let batch = 256
  static let heartbeatSeconds: Int32 = 5
  static let answerSeconds: Int32 = 5
}
