import Alerts
import Core
import Jobs
import Logging
import Notifications
import Operations
import Postgres
import Realtime
import ServiceLifecycle
import Synchronization
import Tenancy

/// Tells the sleepers of this node and, a few milliseconds later and bundled, those of the others.
final class Notices: Service {
  private struct Sleepers {
    var dispatcher: Dispatcher?
    var engine: EscalationEngine?
    var jobs: JobEngine?
    var webhooks: WebhookEngine?
    var watch: SelfWatch?
  }

  /// What the other nodes are told next.
  private struct Pending {
    var hospitals: Set<HospitalID> = []
    var hasTimers = false
    var hasJobs = false
    /// The last word of the self-watch; earlier ones are old news.
    var watch: WatchReport?
  }

  private let pool: PostgresPool
  private let logger: Logger
  private let isOn: Bool
  private let node = String(UInt64.random(in: .min ... .max), radix: 36)
  private let sleepers = Mutex(Sleepers())
  private let pending = Mutex(Pending())
  private let alarm = Alarm()

  init(pool: PostgresPool, isOn: Bool, logger: Logger) {
    self.pool = pool
    self.isOn = isOn
    self.logger = logger
  }

  func connect(
    _ dispatcher: Dispatcher, _ engine: EscalationEngine, _ jobs: JobEngine, _ webhooks: WebhookEngine,
    _ watch: SelfWatch?
  ) {
    sleepers.withLock {
      $0 = Sleepers(dispatcher: dispatcher, engine: engine, jobs: jobs, webhooks: webhooks, watch: watch)
    }
  }

  func committed(_ wakes: Wakes) {
    guard isOn, wakes.hasEvents || wakes.hasTimers || wakes.hasJobs else { return }
    let sleepers = sleepers.withLock { $0 }
    if wakes.hasJobs { sleepers.jobs?.wake() }
    if wakes.hasEvents { sleepers.webhooks?.wake() }
    if wakes.hasEvents, let hospital = wakes.hospital { sleepers.dispatcher?.wake(hospital) }
    if wakes.hasTimers { sleepers.engine?.wake() }
    pending.withLock { pending in
      if wakes.hasEvents, let hospital = wakes.hospital { pending.hospitals.insert(hospital) }
      pending.hasTimers = pending.hasTimers || wakes.hasTimers
      pending.hasJobs = pending.hasJobs || wakes.hasJobs
    }
    alarm.wake()
  }

  /// How the self-watch of this node finds Ward.
  func tell(_ report: WatchReport) {
    guard isOn else { return }
    pending.withLock { $0.watch = report }
    alarm.wake()
  }

  /// A notice that came over LISTEN; our own are known already.
  func heard(_ channel: String, _ payload: String) {
    let parts = payload.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] != node else { return }
    let sleepers = sleepers.withLock { $0 }
    if channel == "ward_timers" { sleepers.engine?.wake() }
    if channel == "ward_jobs" { sleepers.jobs?.wake() }
    if channel == "ward_watch" { sleepers.watch?.heard(parts[1], from: String(parts[0])) }
    if channel == "ward_events", let hospital = HospitalID(parts[1]) { sleepers.dispatcher?.wake(hospital) }
  }

  /// Looks at everything again: after LISTEN was down, or the clock was shifted.
  func wakeAll(_ hospitals: [HospitalID]) {
    let sleepers = sleepers.withLock { $0 }
    for hospital in hospitals { sleepers.dispatcher?.wake(hospital) }
    sleepers.engine?.wake()
    sleepers.jobs?.wake()
    sleepers.webhooks?.wake()
  }

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await self.alarm.wait(atMost: .seconds(60))
        await self.send()
        // Notices of the next few milliseconds travel together.
        do { try await Task.sleep(for: .milliseconds(5)) } catch { return }
      }
    }
  }

  private func send() async {
    let news = pending.withLock { pending in
      defer { pending = Pending() }
      return pending
    }
    func notice(_ channel: String, _ words: String = "") -> SQL {
      "SELECT pg_notify(\(channel), \(node + " " + words))"
    }
    var statements = news.hospitals.map { notice("ward_events", $0.text) }
    if news.hasTimers { statements.append(notice("ward_timers")) }
    if news.hasJobs { statements.append(notice("ward_jobs")) }
    if let report = news.watch { statements.append(notice("ward_watch", report.text)) }
    guard !statements.isEmpty else { return }
    do {
      _ = try await pool.run(statements)
    } catch {
      // The others look once a second by themselves.
      logger.warning("a notice was not sent", metadata: ["error": "\(error)"])
    }
  }
}
