import Cluster
import Core
import Logging
import Postgres

/// The database as Ward found or made it: migrated, reachable, and to be stopped if it is ours.
struct Database: Sendable {
  let servingURL: String
  let ownerURL: String?
  private let cluster: RunningCluster?

  /// Starts the private cluster when no URL is set.
  static func open(
    _ settings: DatabaseSettings, dataFolder: String, logger: Logger, say: (String) -> Void
  ) async throws -> Database {
    if let url = settings.url {
      return Database(servingURL: url, ownerURL: settings.ownerURL, cluster: nil)
    }
    let cluster = try await PrivateCluster.start(dataFolder: dataFolder, logger: logger, say: say)
    return Database(servingURL: cluster.servingURL, ownerURL: cluster.ownerURL, cluster: cluster)
  }

  /// Applies what is pending, once even with two starters; without the owner's URL that is somebody else's work.
  func migrate(say: (String) -> Void) async throws {
    guard let ownerURL else { return }
    for migration in try await Migrator(url: ownerURL, migrations: Binary.migrations()).up() {
      say("Applied migration \(migration.version)-\(migration.name).")
    }
  }

  /// Sees to it that the private cluster stays up; nil where somebody else looks after the database.
  func watch(logger: Logger) -> ClusterWatch? { cluster.map { ClusterWatch(cluster: $0, logger: logger) } }

  func close() async throws { try await cluster?.stop() }
}
