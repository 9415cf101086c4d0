import Consultations
import Core
import Identity
import Notifications
import Operations
import Patients
import Postgres
import Scheduling
import Secrets
import Tenancy

/// `ward secrets rotate`: seals everything under the newest key, so that the earlier ones can be forgotten.
package struct RotateSecrets: Sendable {
  private let command: OwnerCommand

  package init(_ command: OwnerCommand) { self.command = command }

  /// Every sealed column of the database; answers that are kept for repeated requests are over in a day by themselves.
  private static let columns =
    SealedPatients.columns + SealedConsultations.columns + HandoverText.sealedColumns + [
      AppointmentContent.sealedColumn,
      FollowUps.sealedColumn,
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
        table: "channel_settings", column: "sealed", keys: [.init("hospital_id"), .init("kind", .text)],
        purpose: .channelService
      ) { keys in "channel_settings.sealed \(keys.joined(separator: " "))" },
      SealedColumn(table: "reminders", column: "content", purpose: .patientRecord) { keys in
        guard keys.count == 2, let hospital = HospitalID(keys[0]), let id = ReminderID(keys[1]) else { return "" }
        return Reminders.place(of: id, in: hospital)
      },
      SealedColumn(
        table: "push_tokens", column: "token", purpose: .pushToken
      ) { keys in keys.last.flatMap { PushTokenID($0) }.map { PushQueries.place(of: $0) } ?? "" },
      SealedColumn(
        table: "own_phones", column: "number", keys: [.init("user_id")], purpose: .phone
      ) { keys in keys.first.flatMap { UserID($0) }.map { OwnPhone.place(of: $0) } ?? "" },
      SealedColumn(
        table: "webhooks", column: "secret", purpose: .webhook
      ) { keys in keys.last.flatMap { WebhookID($0) }.map { WebhookSecret.place(of: $0) } ?? "" },
      SealedColumn(
        table: "linked_accounts", column: "tokens", keys: [.init("provider", .text), .init("subject", .text)],
        purpose: .providerToken
      ) { keys in "linked_accounts \(keys.joined(separator: " "))" },
    ]

  package func run() async throws {
    try await command.withPool("The rotation needs") { pool in
      let resealing = Resealing(pool: pool, secrets: command.settings.keyRing)
      for column in Self.columns { command.say("\(column.name): \(try await resealing.move(column))") }
    }
    command.say("Everything is sealed by the newest key. Earlier keys may go when a day is over.")
  }
}
