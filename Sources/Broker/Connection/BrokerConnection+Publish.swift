import CRabbitMQ

extension BrokerConnection {
  /// Publishes a batch on one channel of the pool and waits until the broker has every message on disk, at most 5 s.
  ///
  /// For each message whether it was taken; what was not may be there all the same when the connection broke.
  func publish(_ messages: [BrokerMessage]) async throws(BrokerError) -> [Bool] {
    guard handle != nil else { throw .notConnected }
    if isBlocked { throw .blocked }
    guard let channel = await takeChannel() else { throw .notConnected }
    publishing[channel]?.confirms.begin(messages.map(\.text))
    for (index, message) in messages.enumerated() {
      guard let raw = handle?.raw else { break }
      publishing[channel]?.confirms.sent(index)
      let status = ward_amqp_publish(raw, channel, BrokerQueue.exchange, message.queue.name, message.text)
      if status != 0 { lose(Self.words(status)) }
    }
    hear()
    if handle != nil, publishing[channel]?.confirms.isSettled == false {
      publishing[channel]?.deadline = .now + .seconds(Double(BrokerLimits.answerSeconds))
      await withCheckedContinuation { publishing[channel]?.waiter = $0 }
      publishing[channel]?.deadline = nil
    }
    giveBack(channel)
    return publishing[channel]?.confirms.taken ?? messages.map { _ in false }
  }

  func wakePublisher(_ channel: UInt16) {
    guard let waiting = publishing[channel], waiting.confirms.isSettled else { return }
    publishing[channel]?.waiter = nil
    waiting.waiter?.resume()
  }

  /// A batch that the broker leaves unanswered too long ends the connection: its numbers cannot be trusted any more.
  func expire() {
    let now = ContinuousClock.now
    if publishing.values.contains(where: { $0.waiter != nil && ($0.deadline ?? now) < now }) {
      lose("messages were not confirmed within \(BrokerLimits.answerSeconds) s")
    }
  }
}

/// What is published: an id of something in PostgreSQL and nothing else.
package struct BrokerMessage: Sendable {
  package let queue: BrokerQueue
  package let text: String

  package init(_ text: String, to queue: BrokerQueue) {
    self.text = text
    self.queue = queue
  }
}
