package import Logging
import Postgres

/// What a command that works as the owner of the tables needs: the settings, where the private database is, and where to
/// say what it did.
package struct OwnerCommand: Sendable {
  let settings: Settings
  let dataFolder: String
  let logger: Logger
  let say: @Sendable (String) -> Void

  package init(settings: Settings, dataFolder: String, logger: Logger, say: @escaping @Sendable (String) -> Void) {
    self.settings = settings
    self.dataFolder = dataFolder
    self.logger = logger
    self.say = say
  }

  /// Opens the database, starting the private one, and closes it after the work; `need` ends "… needs
  /// WARD_DATABASE_OWNER_URL", which is thrown where there is no owner's URL.
  func withURL(_ need: String, migrates: Bool = false, _ work: (_ ownerURL: String) async throws -> Void) async throws {
    let database = try await Database.open(settings.database, dataFolder: dataFolder, logger: logger, say: say)
    do {
      guard let ownerURL = database.ownerURL else {
        throw SettingsError(problems: ["\(need) WARD_DATABASE_OWNER_URL."])
      }
      if migrates { try await database.migrate(say: say) }
      try await work(ownerURL)
    } catch {
      try await database.close()
      throw error
    }
    try await database.close()
  }

  /// The same with a pool of so many connections.
  func withPool(
    _ need: String, migrates: Bool = false, connections: Int = 1, _ work: (PostgresPool) async throws -> Void
  ) async throws {
    try await withURL(need, migrates: migrates) { ownerURL in
      var configuration = PostgresConfiguration(url: ownerURL)
      configuration.minimum = 0
      configuration.maximum = connections
      let pool = PostgresPool(configuration)
      try await pool.start()
      do { try await work(pool) } catch {
        await pool.close()
        throw error
      }
      await pool.close()
    }
  }
}
