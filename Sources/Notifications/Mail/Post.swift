import Core
package import Jobs

/// Writes the letters that were asked for and hands them over.
package struct Post: Sendable {
  private let publicURL: String
  private let templates: [String: MailTemplate]
  private let hand: @Sendable (Letter) async throws -> Void

  /// `hand` gives a letter away: to a mail server, or into the outbox.
  package init(publicURL: String, hand: @escaping @Sendable (Letter) async throws -> Void) {
    self.publicURL = publicURL.hasSuffix("/") ? String(publicURL.dropLast()) : publicURL
    self.hand = hand
    templates = Dictionary(MailTemplate.all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  package func handlers(_ log: MailLog) -> [JobHandler] {
    [
      JobHandler(queue: "email", kind: "mail.send") { job in
        do {
          try await hand(try letter(of: job))
          try await log.sent(job)
        } catch let trouble as SMTPTrouble {
          try await log.failed(job, reason: trouble.reason, isFinal: trouble.isFinal)
          throw JobTrouble(trouble.text, isFinal: trouble.isFinal)
        }
      },
      // What is asked for in the name of nobody, so that asking looks the same.
      JobHandler(queue: "email", kind: "mail.none") { _ in },
    ]
  }

  func letter(of job: ClaimedJob) throws(JobTrouble) -> Letter {
    guard let name = job.payload["template"]?.text, let template = templates[name] else {
      throw JobTrouble("unknown template")
    }
    guard let text = job.payload["to"]?.text, let to = try? EmailAddress(text) else {
      throw JobTrouble("no address", isFinal: true)
    }
    var values = ["publicURL": publicURL]
    if case .object(let members) = job.payload["values"] {
      for member in members { values[member.key] = member.value.text ?? member.value.encoded }
    }
    do {
      let filled = try template.filled(values)
      return Letter(id: job.id, to: to, subject: filled.subject, text: filled.text, date: job.createdAt)
    } catch {
      throw JobTrouble("a value is missing: \(error.name)", isFinal: true)
    }
  }
}
