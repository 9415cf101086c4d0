import Alerts
import Core
import Identity
import Jobs
import Logging
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

struct DispatcherService: Service {
  let dispatcher: Dispatcher
  func run() async throws { await cancelWhenGracefulShutdown { await self.dispatcher.run() } }
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

/// What has to be done once in a while: counted refusals, sockets of sessions that ran out, old events and answers, next month's partitions.
struct Housekeeping: Service {
  let executor: Executor
  let enginePool: PostgresPool
  let bridge: SocketBridge
  let hub: SocketHub
  let keys: TokenKeys
  let jobs: JobEngine
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
        if round % 3 == 0 { Memory.trim() }
        if round % 360 == 1 { await tidy() }
      }
    }
  }

  private func tidy() async {
    do {
      _ = try await enginePool.run([
        "SELECT ward.make_audit_partitions()", "SELECT ward.prune()", "SELECT ward.forget_windows()",
        "SELECT ward.forget_sockets()", "SELECT ward.forget_refresh_tokens()", "SELECT ward.forget_accounts()",
        "SELECT ward.forget_guesses()", "SELECT ward.forget_sign_in_codes()",
      ])
      try await keys.rotate()
      try await jobs.tidy()
    } catch {
      logger.error("housekeeping failed", metadata: ["error": "\(error)"])
    }
  }
}
