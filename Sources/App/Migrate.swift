import Core
import Postgres

/// `ward migrate`: on the owner's URL, or in the private cluster.
package struct Migrate: Sendable {
  private let command: OwnerCommand

  package init(_ command: OwnerCommand) { self.command = command }

  package func up() async throws {
    try await with { migrator in
      let applied = try await migrator.up()
      for migration in applied { command.say("applied \(migration.version)-\(migration.name)") }
      if applied.isEmpty { command.say("nothing is pending") }
    }
  }

  package func down(steps: Int) async throws {
    try await with { migrator in
      for migration in try await migrator.down(steps: steps) {
        command.say("took back \(migration.version)-\(migration.name)")
      }
    }
  }

  package func status() async throws {
    try await with { migrator in
      for line in try await migrator.status() {
        let time = line.appliedAt.map { "  \($0.rfc3339)" } ?? ""
        command.say("\(line.state.rawValue)  \(line.version)-\(line.name)  \(line.checksum.prefix(12))\(time)")
      }
    }
  }

  private func with(_ work: (Migrator) async throws -> Void) async throws {
    try await command.withURL("Migrations need") { ownerURL in
      try await work(Migrator(url: ownerURL, migrations: Binary.migrations()))
    }
  }
}
