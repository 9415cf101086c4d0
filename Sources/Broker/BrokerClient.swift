import Core
package import Logging
import Synchronization

/// Keeps a connection to the broker, and another one when it is lost, after 0.2 s, 0.4 s … at most 15 s.
package final class BrokerClient: Sendable {
  private struct State {
    var connection: BrokerConnection?
    var trouble: String?
    var connections = 0
  }

  /// A connection that lasted so long was a good one: the next attempt after it is made soon.
  private static let goodSeconds = 10.0
  private static let probe = "probe"
  private let address: BrokerAddress
  private let prefetch: UInt16
  private let logger: Logger
  private let delivered: @Sendable (BrokerDelivery) -> Void
  private let changed: @Sendable (Bool) -> Void
  private let state = Mutex(State())
  private let alarm = Alarm()

  /// `changed` tells whenever the broker has come or gone; `delivered` gets every message and settles it at some time.
  package init(
    address: BrokerAddress, prefetch: UInt16, logger: Logger, changed: @escaping @Sendable (Bool) -> Void,
    delivered: @escaping @Sendable (BrokerDelivery) -> Void
  ) {
    self.address = address
    self.prefetch = prefetch
    self.logger = logger
    self.changed = changed
    self.delivered = delivered
  }

  package var isConnected: Bool { state.withLock { $0.connection != nil } }

  /// How often a connection was made, and why there is none.
  package var history: (connections: Int, trouble: String?) { state.withLock { ($0.connections, $0.trouble) } }

  /// Stays connected until the task is cancelled.
  package func run() async {
    var failures = 0
    while !Task.isCancelled {
      let began = ContinuousClock.now
      await stayConnected()
      guard !Task.isCancelled else { break }
      failures = ContinuousClock.now - began > .seconds(Self.goodSeconds) ? 0 : failures + 1
      let pause = Self.pause(afterFailures: failures, chance: Double.random(in: 0...1))
      await alarm.wait(atMost: .seconds(pause))
    }
    await state.withLock(\.connection)?.close()
  }

  static func pause(afterFailures count: Int, chance: Double) -> Double {
    var seconds = 0.2
    for _ in 0..<min(count, 10) { seconds *= 2 }
    return min(seconds, 15) * (0.75 + 0.25 * chance)
  }

  private func stayConnected() async {
    do {
      let connection = try await BrokerConnection.open(
        address, delivered: { [weak self] in self?.take($0) }, ended: { [weak self] in self?.lost($0) })
      try await connection.consume(prefetch: prefetch)
      let hadTrouble = state.withLock { state in
        defer { state.trouble = nil }
        state.connection = connection
        state.connections += 1
        return state.trouble != nil
      }
      if hadTrouble { logger.info("RabbitMQ is there again") }
      changed(true)
      while !Task.isCancelled, await connection.isOpen { await alarm.wait(atMost: .seconds(60)) }
      if Task.isCancelled { await connection.close() }
    } catch {
      note("\(error)")
    }
    state.withLock { $0.connection = nil }
    changed(false)
  }

  private func lost(_ reason: String) {
    note(reason)
    state.withLock { $0.connection = nil }
    alarm.wake()
  }

  /// The first of a row of troubles is logged, the rest is quiet.
  private func note(_ reason: String) {
    let isNews = state.withLock { state in
      defer { state.trouble = reason }
      return state.trouble == nil
    }
    if isNews, !Task.isCancelled {
      logger.warning("RabbitMQ is away; PostgreSQL goes on alone", metadata: ["reason": "\(reason)"])
    }
  }

  private func take(_ delivery: BrokerDelivery) {
    guard delivery.text != Self.probe else {
      Task { await delivery.acknowledge() }
      return
    }
    delivered(delivery)
  }

  /// For each message whether the broker has it for certain.
  package func publish(_ messages: [BrokerMessage]) async -> [Bool] {
    guard let connection = state.withLock(\.connection), !messages.isEmpty else { return messages.map { _ in false } }
    var taken: [Bool] = []
    while taken.count < messages.count {
      let batch = Array(messages[taken.count...].prefix(BrokerLimits.batch))
      do { taken += try await connection.publish(batch) } catch { taken += batch.map { _ in false } }
    }
    return taken
  }

  /// How many messages wait at the broker; none while there is no connection.
  package var waiting: Int {
    get async {
      guard let connection = state.withLock(\.connection) else { return 0 }
      var count = 0
      for queue in BrokerQueue.allCases { count += (try? await connection.look(at: queue.name).messages) ?? 0 }
      return count
    }
  }

  /// What the broker itself says about every queue.
  package func report() async throws(BrokerError) -> BrokerReport {
    guard let connection = state.withLock(\.connection) else { throw .notConnected }
    var queues: [BrokerReport.Queue] = []
    for queue in BrokerQueue.allCases {
      let (messages, consumers) = try await connection.look(at: queue.name)
      // Only where somebody takes the probe away again.
      let isBound = consumers > 0 ? try await connection.publish([BrokerMessage(Self.probe, to: queue)]) == [true] : nil
      queues.append(
        .init(
          name: queue.name, exchange: BrokerQueue.exchange, messages: messages, consumers: consumers, isBound: isBound))
    }
    let (messages, consumers) = try await connection.look(at: BrokerQueue.deadQueue)
    queues.append(
      .init(
        name: BrokerQueue.deadQueue, exchange: BrokerQueue.deadExchange, messages: messages, consumers: consumers,
        isBound: nil))
    let channels = await connection.channels
    return BrokerReport(queues: queues, openChannels: channels.open, publishingChannels: channels.publishing)
  }
}

/// What there is at the broker.
package struct BrokerReport: Sendable {
  package struct Queue: Sendable {
    package let name: String
    package let exchange: String
    package let messages: Int
    package let consumers: Int
    /// A message to the exchange reached the queue just now; nil where it was not tried.
    package let isBound: Bool?
  }

  package let queues: [Queue]
  /// Of this node, of at most ``BrokerLimits/channels``.
  package let openChannels: Int
  package let publishingChannels: Int
}
