import Broker
import Core
import FoundationEssentials
import Jobs
import Logging
import Postgres
import Synchronization
import Telemetry

/// Brings ids of due jobs through RabbitMQ. PostgreSQL stays the truth: jobs are leased there whatever brought their
/// ids, and are claimed from it alone while the broker is away and, rarely, while it is not, so that what it lost or
/// withholds is not lost.
final class BrokeredTransport: JobTransport {
  /// How it came that jobs were leased.
  enum Way: String, Sendable { case broker, database }

  /// What one look announces of each queue.
  private static let batch = 128
  /// Ids that may wait at the broker before no more are announced, so that the database keeps their order.
  private static let enoughWaiting = 2000
  private static let announcedAgainAfterSeconds = 60.0
  private static let claimed = 256
  /// How often PostgreSQL is asked besides, and how long an id may wait here for room.
  private static let floor = Duration.seconds(2)

  private struct State {
    var inbox = JobInbox<BrokerDelivery>(levels: BrokerQueue.allCases.count)
    var askedAt = ContinuousClock.now
    var wake: @Sendable () -> Void = {}
  }

  let client: BrokerClient
  private let store: JobStore
  private let logger: Logger
  private let counted: @Sendable (Way, Int) -> Void
  private let state: Mutex<State>
  /// Something may have become due.
  private let news: Alarm

  /// Nil where no broker is set.
  convenience init?(_ settings: BrokerSettings, pool: PostgresPool, metrics: Metrics, logger: Logger) {
    guard let address = settings.address else { return nil }
    metrics.describe("ward_jobs_claimed_total", "Jobs begun, by what brought them.")
    self.init(
      address: address, store: JobStore(pool: pool), logger: logger,
      counted: { metrics.count("ward_jobs_claimed_total", ["by": $0.rawValue], by: Double($1)) })
  }

  init(
    address: BrokerAddress, store: JobStore, logger: Logger, counted: @escaping @Sendable (Way, Int) -> Void
  ) {
    self.store = store
    self.logger = logger
    self.counted = counted
    let hooks = Hooks()
    let news = Alarm()
    self.news = news
    state = Mutex(State())
    client = BrokerClient(
      address: address, prefetch: 64, logger: logger, changed: { hooks.changed?($0) },
      delivered: { hooks.delivered?($0) })
    hooks.set(changed: { [weak self] in self?.changed($0) }, delivered: { [weak self] in self?.take($0) })
  }

  func run(wake: @escaping @Sendable () -> Void) async {
    state.withLock { $0.wake = wake }
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.client.run() }
      group.addTask { await self.announceAgain() }
    }
  }

  func claim(_ wanted: JobClaim) async throws -> [LeasedJob] {
    news.wake()
    guard client.isConnected else { return try await claimAsked(wanted) }
    let brought = try await claimBrought(wanted)
    guard brought.isEmpty else { return brought }
    let isTime = state.withLock { ContinuousClock.now - $0.askedAt > Self.floor }
    return isTime ? try await claimAsked(wanted) : []
  }

  func settled(_ ids: [JobID]) async {
    for delivery in state.withLock({ $0.inbox.ended(ids) }) { await delivery.acknowledge() }
  }

  // MARK: Claiming

  private func claimAsked(_ wanted: JobClaim) async throws -> [LeasedJob] {
    let leased = try await store.claim(wanted)
    state.withLock { $0.askedAt = .now }
    if !leased.isEmpty { counted(.database, leased.count) }
    return leased
  }

  private func claimBrought(_ wanted: JobClaim) async throws -> [LeasedJob] {
    let ids = state.withLock { $0.inbox.next(Self.claimed) }
    guard !ids.isEmpty else { return [] }
    let leased = try await store.claim(ids, for: wanted)
    if !leased.isEmpty { counted(.broker, leased.count) }
    let begun = leased.map(\.id)
    state.withLock { $0.inbox.began(begun) }
    let left = Array(Set(ids).subtracting(begun))
    guard !left.isEmpty else { return leased }
    // Somebody has begun or ended these; for the others there was no room, and after a while others may have them.
    let waiting = try await store.waiting(of: left)
    let late = state.withLock { Set($0.inbox.waiting(longerThan: Self.floor, at: .now)) }
    await settled(left.filter { !waiting.contains($0) || late.contains($0) })
    return leased
  }

  // MARK: The broker

  private func changed(_ isThere: Bool) {
    if !isThere { state.withLock { $0.inbox.disconnected() } }
    news.wake()
    state.withLock(\.wake)()
  }

  private func take(_ delivery: BrokerDelivery) {
    guard let id = JobID(delivery.text) else {
      Task { await delivery.reject() }
      return
    }
    let (isNew, wake) = state.withLock { state in
      (state.inbox.arrived(id, level: delivery.queue.level, delivery, at: .now), state.wake)
    }
    if isNew {
      wake()
    } else {
      Task { await delivery.acknowledge() }
    }
  }

  // MARK: Announcing

  private func announceAgain() async {
    var hadTrouble = false
    while !Task.isCancelled {
      var isBusy = false
      do {
        if client.isConnected { isBusy = try await announce() }
        hadTrouble = false
      } catch {
        if !hadTrouble, !Task.isCancelled {
          logger.error("due jobs were not announced", metadata: ["error": "\(error)"])
        }
        hadTrouble = true
      }
      if !isBusy { await news.wait(atMost: .seconds(1)) }
    }
  }

  /// True when there may be more.
  private func announce() async throws -> Bool {
    let queues = JobQueue.all.filter { !$0.isApart }.map(\.name)
    let jobs = try await store.announce(
      queues, most: Self.batch, againAfterSeconds: Self.announcedAgainAfterSeconds
    ).sorted { $0.place < $1.place }
    guard !jobs.isEmpty else { return false }
    let taken = await client.publish(jobs.map { BrokerMessage($0.id.text, to: BrokerQueue(place: $0.place)) })
    let refused = zip(jobs, taken).filter { !$1 }.map(\.0.id)
    guard refused.isEmpty else {
      try await store.takeBack(refused)
      return false
    }
    guard jobs.count >= Self.batch else { return false }
    return await client.waiting < Self.enoughWaiting
  }
}

/// Lets the client call the transport that is made after it.
private final class Hooks: Sendable {
  private struct State {
    var changed: (@Sendable (Bool) -> Void)?
    var delivered: (@Sendable (BrokerDelivery) -> Void)?
  }

  private let state = Mutex(State())
  var changed: (@Sendable (Bool) -> Void)? { state.withLock { $0.changed } }
  var delivered: (@Sendable (BrokerDelivery) -> Void)? { state.withLock { $0.delivered } }

  func set(
    changed: @escaping @Sendable (Bool) -> Void, delivered: @escaping @Sendable (BrokerDelivery) -> Void
  ) {
    state.withLock { $0 = State(changed: changed, delivered: delivered) }
  }
}

extension BrokerQueue {
  /// A job's place is 0 (the most urgent) to 10.
  init(place: Int) {
    self =
      switch place {
      case ...0: .critical
      case 1...3: .high
      case 4...5: .normal
      case 6...7: .low
      default: .background
      }
  }

  /// 0 is the most urgent.
  var level: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
