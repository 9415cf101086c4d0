package import Core
import Operations
package import Postgres
package import Secrets

/// Where the letters of a development Ward go that has no mail server: sealed rows, to be looked at.
package struct Outbox: Sendable {
  private let enginePool: PostgresPool
  private let secrets: KeyRing

  package init(enginePool: PostgresPool, secrets: KeyRing) {
    self.enginePool = enginePool
    self.secrets = secrets
  }

  package func keep(_ letter: Letter) async throws {
    let content: JSONValue = [
      "to": .string(letter.to.text), "subject": .string(letter.subject), "text": .string(letter.text),
    ]
    let sealed = try secrets.seal(content.encoded, for: .jobPayload, place: Self.place(of: letter.id))
    _ = try await enginePool.run(OutboxQueries.keep(letter.id, sealed))
  }

  package static func place(of id: JobID) -> String { "mail_outbox.letter \(id.text)" }
}
