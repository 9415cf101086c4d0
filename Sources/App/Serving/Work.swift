import Core
import Jobs
package import Logging
import Operations
import ServiceLifecycle
import UnixSignals

/// `ward work`: does jobs and nothing else, beside the nodes that serve, until it is told to stop; with `drains` it stops
/// by itself once nothing waits in the queues.
package struct Work: Sendable {
  private let settings: Settings
  private let dataFolder: String
  private let drains: Bool
  private let logger: Logger
  private let say: @Sendable (String) -> Void

  package init(
    settings: Settings, dataFolder: String, drains: Bool = false, logger: Logger,
    say: @escaping @Sendable (String) -> Void
  ) {
    self.settings = settings
    self.dataFolder = dataFolder
    self.drains = drains
    self.logger = logger
    self.say = say
  }

  package func run() async throws {
    Memory.configure()
    let database = try await Database.open(settings.database, dataFolder: dataFolder, logger: logger, say: say)
    do {
      try await database.migrate(say: say)
      let house = try House(settings: settings, servingURL: database.servingURL, kind: "work", logger: logger)
      try await house.open()
      try await work(in: house, watch: database.watch(logger: logger))
      await house.close()
    } catch {
      try await database.close()
      throw error
    }
    try await database.close()
  }

  private func work(in house: House, watch: (any Service)?) async throws {
    let services: [any Service] =
      (watch.map { [$0] } ?? []) + [house.notices, house.listening, house.housekeeping, JobService(jobs: house.jobs)]
    var list = services.map { ServiceGroupConfiguration.ServiceConfiguration(service: $0) }
    if drains {
      list.append(
        .init(service: Drain(board: house.board), successTerminationBehavior: .gracefullyShutdownGroup))
    }
    var configuration = ServiceGroupConfiguration(
      services: list, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    configuration.maximumGracefulShutdownDuration = .seconds(25)
    say(drains ? "Ward drains its queues." : "Ward works.")
    try await ServiceGroup(configuration: configuration).run()
    if drains { say("Nothing waits.") }
  }
}

/// Ends when nothing waits or runs, looked at twice a second.
private struct Drain: Service {
  let board: QueueBoard

  func run() async throws {
    try await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        if try await board.numbers().allSatisfy({ $0.waiting + $0.running == 0 }) { return }
        do { try await Task.sleep(for: .milliseconds(600)) } catch { return }
      }
    }
  }
}
