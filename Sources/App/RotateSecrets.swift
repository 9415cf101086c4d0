import Core
import Identity
package import Logging
import Notifications
import Operations
import Patients
import Postgres
import Secrets

/// `ward secrets rotate`: seals everything under the newest key, so that the earlier ones can be forgotten.
package struct RotateSecrets: Sendable {
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

  /// Every sealed column of the database; answers that are kept for repeated requests are over in a day by themselves.
  private static let columns =
    SealedPatients.columns + [
      SealedColumn(table: "jobs", column: "payload", keys: [.init("id")], purpose: .jobPayload) { keys in
        keys.first.flatMap { JobID($0) }.map { Job.place(of: $0) } ?? ""
      },
      SealedColumn(table: "mail_outbox", column: "letter", keys: [.init("id")], purpose: .jobPayload) { keys in
        keys.first.flatMap { JobID($0) }.map { Outbox.place(of: $0) } ?? ""
      },
      SealedColumn(
        table: "signing_keys", column: "private_key", keys: [.init("kid", .text)], purpose: .signingKey
      ) { keys in "signing_keys \(keys.first ?? "")" },
      SealedColumn(
        table: "second_factors", column: "secret", keys: [.init("user_id")], purpose: .secondFactor
      ) { keys in keys.first.flatMap { UserID($0) }.map { SecondFactor.place(of: $0) } ?? "" },
      SealedColumn(
        table: "linked_accounts", column: "tokens", keys: [.init("provider", .text), .init("subject", .text)],
        purpose: .providerToken
      ) { keys in "linked_accounts \(keys.joined(separator: " "))" },
    ]

  package func run() async throws {
    let database = try await Database.open(settings.database, dataFolder: dataFolder, logger: logger, say: say)
    do {
      guard let ownerURL = database.ownerURL else {
        throw SettingsError(problems: ["The rotation needs WARD_DATABASE_OWNER_URL."])
      }
      try await rotate(ownerURL)
    } catch {
      try await database.close()
      throw error
    }
    try await database.close()
  }

  private func rotate(_ ownerURL: String) async throws {
    var configuration = PostgresConfiguration(url: ownerURL)
    configuration.minimum = 0
    configuration.maximum = 1
    let pool = PostgresPool(configuration)
    try await pool.start()
    do {
      let resealing = Resealing(pool: pool, secrets: settings.keyRing)
      for column in Self.columns { say("\(column.name): \(try await resealing.move(column))") }
    } catch {
      await pool.close()
      throw error
    }
    await pool.close()
    say("Everything is sealed by the newest key. Earlier keys may go when a day is over.")
  }
}
