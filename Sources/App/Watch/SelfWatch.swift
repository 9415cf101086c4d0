import Alerts
import Core
import Logging
import NIOCore
import Operations
import Postgres
import Realtime
import ServiceLifecycle
import Synchronization

/// Sends an alert the whole way every half minute (raised, delivered by the event log to every event loop, answered)
/// and says loudly when that has failed for a minute: in this node's `/health` and on the boards of those who administer,
/// whichever node they are connected to.
final class SelfWatch: Service {
  private struct Beat {
    var stage = WatchStage.raise
    var isRunning = false
    var hasEnded = false
    var isGood = false
  }

  private let canary: Canary
  private let enginePool: PostgresPool
  private let log: EventLog
  private let hub: SocketHub
  private let logger: Logger
  private let clock: ServerClock
  private let interval: Double
  private let beat = Mutex(Beat())
  private let troubles = Mutex(WatchTroubles())
  private let tellOthers: @Sendable (WatchReport) -> Void
  private let began = ContinuousClock.now
  private let ended = Alarm()

  init(
    executor: Executor, enginePool: PostgresPool, log: EventLog, hub: SocketHub, clock: ServerClock, interval: Double,
    tellOthers: @escaping @Sendable (WatchReport) -> Void, logger: Logger
  ) {
    canary = Canary(executor: executor)
    self.enginePool = enginePool
    self.log = log
    self.hub = hub
    self.clock = clock
    self.interval = interval
    self.tellOthers = tellOthers
    self.logger = logger
  }

  /// Why this node is not well; nil while it is.
  var reason: String? { troubles.withLock { $0.own?.stage.words } }
  /// Why another node is not well; nil while all are that can be heard.
  var reasonElsewhere: String? { troubles.withLock { $0.elsewhere.map { "On another node: \($0.stage.words)" } } }

  private var now: Double { (ContinuousClock.now - began) / .seconds(1) }

  /// Another node told how it is.
  func heard(_ text: some StringProtocol, from node: String) {
    guard let report = WatchReport(text) else {
      return logger.warning("another node's word about its self-watch was not understood")
    }
    tell {
      $0.heard(report, from: node, now: self.now)
      return $0.news(now: self.now)
    }
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var life = WatchLife(intervalSeconds: self.interval, now: self.now)
      while !Task.isCancelled {
        let failure = await self.failure(within: life.patienceSeconds)
        guard !Task.isCancelled else { return }
        self.note(life.noted(failure, at: self.now))
        do { try await Task.sleep(for: .seconds(life.pauseSeconds)) } catch { return }
      }
    }
  }

  private func note(_ news: WatchLife.News) {
    tell { troubles in
      switch news {
      case .none: break
      case .degraded(let stage):
        troubles.noted(stage, at: self.clock.now)
        // Longer than the time to the end of the next beat, which is when it is said again.
        if let own = troubles.own {
          self.tellOthers(WatchReport(stage: stage, since: own.since, holdsSeconds: Int(self.interval)))
        }
      case .recovered:
        troubles.noted(nil, at: self.clock.now)
        self.tellOthers(WatchReport(stage: nil, since: self.clock.now, holdsSeconds: 0))
      }
      return troubles.news(now: self.now)
    }
  }

  /// Under the lock, so that what is told last is what is true.
  private func tell(_ change: (inout WatchTroubles) -> WatchTroubles.News) {
    troubles.withLock { troubles in
      switch change(&troubles) {
      case .none: return
      case .degraded(let trouble, let isNew):
        let reason = trouble.stage.words
        if isNew {
          logger.critical(
            "Ward is not well", metadata: ["reason": "\(reason)", "elsewhere": "\(trouble.isElsewhere)"])
        }
        announce(
          "system:degraded",
          ["reason": .string(reason), "at": trouble.since.json, "isElsewhere": .bool(trouble.isElsewhere)],
          isStanding: true)
      case .recovered:
        logger.notice("Ward is well again")
        announce("system:recovered", ["at": clock.now.json], isStanding: false)
      }
    }
  }

  private func announce(_ name: String, _ payload: JSONValue, isStanding: Bool) {
    let announcement = Announcement(name, to: [.administrators], payload: payload, isStanding: isStanding)
    log.announce(announcement)
    hub.emit(announcement)
  }

  /// Sends one alert the whole way; nil when it came there, else how far it came. A beat that hangs is waited for no
  /// longer and counts as failed until it ends.
  private func failure(within seconds: Double) async -> WatchStage? {
    let mayBegin = beat.withLock { beat in
      guard !beat.isRunning else { return false }
      beat = Beat(isRunning: true)
      return true
    }
    if mayBegin { Task { await self.runBeat() } }
    let deadline = ContinuousClock.now + .seconds(seconds)
    while !beat.withLock({ $0.hasEnded }), ContinuousClock.now < deadline, !Task.isCancelled {
      await ended.wait(atMost: deadline - ContinuousClock.now)
    }
    return beat.withLock { $0.hasEnded && $0.isGood ? nil : $0.stage }
  }

  private func runBeat() async {
    var isGood = false
    do {
      isGood = try await goTheWay()
    } catch {
      logger.warning("the self-watch failed", metadata: ["error": "\(error)"])
    }
    beat.withLock { beat in
      beat.isGood = isGood
      beat.hasEnded = true
      beat.isRunning = false
    }
    ended.wake()
  }

  private func goTheWay() async throws -> Bool {
    _ = try await enginePool.run("SELECT ward.prepare_watch()")
    var number = try await log.follow(Canary.hospital)
    let news = Alarm()
    let listener = log.listen(news, to: Canary.hospital)
    defer { log.ignore(listener, of: Canary.hospital) }
    let alert = try await canary.raise()
    beat.withLock { $0.stage = .deliver }
    let deadline = ContinuousClock.now + .seconds(interval)
    while try await !hasArrived(alert, after: &number) {
      guard ContinuousClock.now < deadline else { return false }
      await news.wait(atMost: .seconds(1))
    }
    await hub.pulse()
    beat.withLock { $0.stage = .acknowledge }
    return try await canary.acknowledge(alert)
  }

  /// Whether the event log has brought the alert, as it brings it to streams.
  private func hasArrived(_ alert: AlertID, after number: inout Int64) async throws -> Bool {
    switch try await log.after(number, in: Canary.hospital) {
    case .reset(let head):
      number = head
      return false
    case .events(let events):
      number = events.last?.number ?? number
      return events.contains { event in
        event.name == "alert:new" && (try? JSONParser.parse(event.payload.readableBytesView))?["id"]?.text == alert.text
      }
    }
  }
}
