package import Logging
package import Operations
package import Postgres

/// Does the work that transactions asked for, in lanes: most queues share one, a queue that must wait behind no other
/// has its own connections.
///
/// Any number of nodes may run it. Woken by commits, of other nodes by NOTIFY; looks each second besides.
package final class JobEngine: Sendable {
  private let lanes: [JobLane]
  private let store: JobStore
  private let node: JobNode

  /// `apart` are the connections of queues that share with nobody; both pools speak as the engine's role. Without a
  /// transport PostgreSQL alone is asked. `kind` is what the process is: `serve` or `work`.
  package init(
    kind: String, pool: PostgresPool, apart: PostgresPool, executor: Executor, handlers: [JobHandler],
    periodic: [PeriodicJob], transport: (any JobTransport)? = nil, logger: Logger,
    finished: @escaping @Sendable (_ kind: String, _ outcome: String) -> Void
  ) {
    let runner = JobRunner(
      executor: executor, secrets: executor.secrets, handlers: handlers, logger: logger, finished: finished)
    let handled = Set(handlers.map(\.queue))
    let queues = JobQueue.all.filter { handled.contains($0.name) }
    store = JobStore(pool: pool)
    let stores = (shared: store, apart: JobStore(pool: apart))
    lanes = [
      JobLane(
        store: stores.shared, transport: transport ?? PostgresTransport(store: stores.shared), runner: runner,
        queues: queues.filter { !$0.isApart }, logger: logger),
      JobLane(
        store: stores.apart, transport: PostgresTransport(store: stores.apart), runner: runner,
        queues: queues.filter(\.isApart), logger: logger),
    ]
    node = JobNode(
      kind: kind, pool: pool, clock: executor.clock, lanes: lanes, periodic: periodic, logger: logger)
  }

  /// Looks again now.
  package func wake() { for lane in lanes { lane.wake() } }

  /// Works until the task is cancelled; what is begun then is finished, or given back after some seconds.
  package func run() async {
    await withTaskGroup(of: Void.self) { group in
      for lane in lanes { group.addTask { await lane.run() } }
      group.addTask { await self.node.run() }
    }
  }

  /// Makes and drops partitions, and forgets what was given up long ago.
  package func tidy() async throws { try await store.tidy() }
}
