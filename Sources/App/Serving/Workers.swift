import Alerts
import Core
import Identity
import Jobs
import Logging
import Notifications
import Operations
import Postgres
import Realtime
import ServiceLifecycle

/// The escalation engine as a service: finishes what it has begun when the process drains.
struct EngineService: Service {
  let engine: EscalationEngine
  func run() async throws { await cancelWhenGracefulShutdown { await self.engine.run() } }
}

/// The engine of jobs as a service: what it has begun is finished when the process drains.
struct JobService: Service {
  let jobs: JobEngine
  func run() async throws { await cancelWhenGracefulShutdown { await self.jobs.run() } }
}

/// Events for other programs as a service: what is on its way is waited for when the process drains.
struct WebhookService: Service {
  let webhooks: WebhookEngine
  func run() async throws { await cancelWhenGracefulShutdown { await self.webhooks.run() } }
}

struct DispatcherService: Service {
  let dispatcher: Dispatcher
  func run() async throws { await cancelWhenGracefulShutdown { await self.dispatcher.run() } }
}

/// Tells the other nodes who is connected here, and takes that back at the end.
struct PresenceService: Service {
  let presence: PresenceTeller
  func run() async throws { await cancelWhenGracefulShutdown { await self.presence.run() } }
}

/// Settles the counts of limits with the other nodes, a few times a second.
struct LimitSettling: Service {
  let executor: Executor

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do { try await Task.sleep(for: .milliseconds(300)) } catch { return }
        await executor.settleLimits()
      }
    }
  }
}

/// What each node has to do once in a while: counted refusals, sockets of sessions that ran out, its keys.
struct Housekeeping: Service {
  let executor: Executor
  let enginePool: PostgresPool
  let bridge: SocketBridge
  let hub: SocketHub
  let keys: TokenKeys
  let logger: Logger

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var round = 0
      while !Task.isCancelled {
        do { try await Task.sleep(for: .seconds(10)) } catch { return }
        executor.sweepRefusals()
        round += 1
        // A session that runs out by time tells nobody.
        if round % 6 == 0 { await bridge.recheck(hub) }
        if round % 6 == 0 { await fold() }
        if round % 3 == 0 { Memory.trim() }
        if round % 360 == 1 { await renewKeys() }
      }
    }
  }

  /// Keeps the marks of changed tables few, so that versions are read quickly.
  private func fold() async {
    do { _ = try await enginePool.run("SELECT ward.fold_cache_marks()") } catch {
      logger.warning("marks of changes were not folded", metadata: ["error": "\(error)"])
    }
  }

  private func renewKeys() async {
    do { try await keys.rotate() } catch {
      logger.error("keys were not renewed", metadata: ["error": "\(error)"])
    }
  }
}
