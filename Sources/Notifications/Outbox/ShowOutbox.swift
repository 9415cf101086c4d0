package import Core
package import Operations
import Postgres
import Secrets

/// Shows the newest hundred letters of a development Ward without a mail server.
package struct ShowOutbox: ReadOperation {
  package static let contract = Contract(
    name: "system.outbox", route: .get("/development/outbox"),
    summary: "The letters that a development Ward keeps instead of sending them, newest first, at most 100",
    message: "The kept letters.", access: .permission(.viewSystem), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .system), cache: .never)

  package struct Output: Record {
    package let letters: [KeptLetter]
  }

  package struct KeptLetter: Record {
    package let id: JobID
    package let to: EmailAddress
    package let subject: LetterText
    package let text: LetterText
    package let createdAt: Timestamp
  }

  package func run(_ call: ReadCall) async throws -> Output {
    Output(
      letters: try await call.rows(OutboxQueries.newest).compactMap { row in
        let id: JobID = try row.decode("id")
        let sealed = try row.decode("letter", as: [UInt8].self)
        let content = try JSONParser.parse(call.secrets.open(sealed, for: .jobPayload, place: Outbox.place(of: id)))
        return KeptLetter(
          id: id, to: EmailAddress(unchecked: content["to"]?.text ?? ""),
          subject: LetterText(unchecked: content["subject"]?.text ?? ""),
          text: LetterText(unchecked: content["text"]?.text ?? ""), createdAt: try row.decode("created_at"))
      })
  }
}

/// A letter's text as it was written.
package struct LetterText: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 0...100_000 }
  package static var sample: String { "Hello" }
}
