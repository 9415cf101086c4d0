import Core
package import Logging
import Postgres

/// `ward migrate`: on the owner's URL, or in the private cluster.
package struct Migrate: Sendable {
  private let settings: Settings
  private let dataFolder: String
  private let logger: Logger
  private let say: @Sendable (String) -> Void

  package init(settings: Settings, dataFolder: String, logger: Logger, say: @escaping @Sendable (String) -> Void) {
    self.settings = settings
    self.dataFolder = dataFolder
    self.logger = logger
    self.say = say
  }

  package func up() async throws {
    try await with { migrator in
      let applied = try await migrator.up()
      for migration in applied { say("applied \(migration.version)-\(migration.name)") }
      if applied.isEmpty { say("nothing is pending") }
    }
  }

  package func down(steps: Int) async throws {
    try await with { migrator in
      for migration in try await migrator.down(steps: steps) { say("took back \(migration.version)-\(migration.name)") }
    }
  }

  package func status() async throws {
    try await with { migrator in
      for line in try await migrator.status() {
        let time = line.appliedAt.map { "  \($0.rfc3339)" } ?? ""
        say("\(line.state.rawValue)  \(line.version)-\(line.name)  \(line.checksum.prefix(12))\(time)")
      }
    }
  }

  private func with(_ work: (Migrator) async throws -> Void) async throws {
    let database = try await Database.open(settings.database, dataFolder: dataFolder, logger: logger, say: say)
    do {
      guard let ownerURL = database.ownerURL else {
        throw SettingsError(problems: ["Migrations need WARD_DATABASE_OWNER_URL."])
      }
      try await work(Migrator(url: ownerURL, migrations: Binary.migrations()))
    } catch {
      try await database.close()
      throw error
    }
    try await database.close()
  }
}
