import Core
import FoundationEssentials
import Logging
import Synchronization
import Testing

@testable import Broker

/// With a real RabbitMQ, which Scripts/test.sh starts and names in WARD_TEST_AMQP_URL.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["WARD_TEST_AMQP_URL"] != nil), .serialized)
final class BrokerClientTests: Sendable {
  private let inbox = Mutex<[String: Int]>([:])
  /// The broker came, went or delivered.
  private let news = Alarm()

  private func address() throws -> BrokerAddress {
    try #require(ProcessInfo.processInfo.environment["WARD_TEST_AMQP_URL"].flatMap { BrokerAddress($0) })
  }

  private func wait(_ what: String, _ condition: () async -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(20)
    while !(await condition()) {
      try #require(ContinuousClock.now < deadline, "\(what) not within 20 s")
      await news.wait(atMost: deadline - ContinuousClock.now)
    }
  }

  @Test("222: 40 publishers at once use at most ten channels, and every confirmed message arrives once")
  func manyPublishers() async throws {
    let client = BrokerClient(
      address: try address(), prefetch: 50, logger: Logger(label: "test"), changed: { _ in self.news.wake() },
      delivered: { delivery in
        self.inbox.withLock { $0[delivery.text, default: 0] += 1 }
        self.news.wake()
        Task { await delivery.acknowledge() }
      })
    let running = Task { await client.run() }
    try await wait("the connection") { client.isConnected }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for publisher in 0..<40 {
        group.addTask {
          let queue = BrokerQueue.allCases[publisher % BrokerQueue.allCases.count]
          for round in 0..<5 {
            let messages = (0..<10).map { BrokerMessage("\(publisher)-\(round)-\($0)", to: queue) }
            #expect(await client.publish(messages) == messages.map { _ in true })
          }
        }
      }
      group.addTask {
        for _ in 0..<5 {
          let report = try await client.report()
          #expect(report.openChannels <= 10)
        }
      }
      try await group.waitForAll()
    }
    try await wait("all messages") { inbox.withLock { $0.count == 2000 } }
    #expect(inbox.withLock { $0.values.allSatisfy { $0 == 1 } })
    // All of the pool were in use.
    #expect(try await client.report().openChannels == 10)
    running.cancel()
    await running.value
  }

  @Test("360: the report names every queue, its binding, its depth and who listens")
  func report() async throws {
    let client = BrokerClient(
      address: try address(), prefetch: 10, logger: Logger(label: "test"), changed: { _ in self.news.wake() },
      delivered: { _ in })
    let running = Task { await client.run() }
    try await wait("the connection") { client.isConnected }
    let report = try await client.report()
    #expect(report.queues.map(\.name) == BrokerQueue.allCases.map(\.name) + [BrokerQueue.deadQueue])
    for queue in report.queues.dropLast() { #expect(queue.consumers == 1 && queue.isBound == true) }
    #expect(report.queues.last?.consumers == 0 && report.queues.last?.isBound == nil)
    running.cancel()
    await running.value
  }

  @Test("222: nobody there: attempts end soon and nothing is taken")
  func nobody() async throws {
    let nowhere = try #require(BrokerAddress("amqp://127.0.0.1:1"))
    let client = BrokerClient(
      address: nowhere, prefetch: 1, logger: Logger(label: "test"), changed: { _ in self.news.wake() },
      delivered: { _ in })
    let running = Task { await client.run() }
    try await wait("the trouble") { client.history.trouble != nil }
    #expect(await client.publish([BrokerMessage("a", to: .normal)]) == [false])
    await #expect(throws: BrokerError.notConnected) { try await client.report() }
    running.cancel()
    await running.value
  }
}
