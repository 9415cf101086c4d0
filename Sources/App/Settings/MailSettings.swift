import Configuration
package import Core
package import Notifications
import Postgres

/// Where letters go and from whom they are.
package struct MailSettings: Sendable {
  package var server: SMTPServer?
  package var from = EmailAddress(unchecked: "ward@localhost")

  init() {}

  init(_ config: ConfigReader, _ problems: inout [String]) {
    if let text = config.string(forKey: "smtp.url", isSecret: true) {
      server = SMTPServer(text)
      if server == nil {
        problems.append("WARD_SMTP_URL must be smtp:// or smtps://, perhaps user:password@, host:port.")
      }
    }
    guard let text = config.string(forKey: "mail.from") else {
      if server != nil { problems.append("WARD_MAIL_FROM must be set with WARD_SMTP_URL.") }
      return
    }
    do { from = try EmailAddress(text) } catch { problems.append("WARD_MAIL_FROM \(error.message).") }
  }

  var transport: SMTPTransport? { server.map { SMTPTransport(server: $0, from: from) } }
}

extension Settings {
  /// Who writes letters: to the mail server, or without one into the outbox of a development Ward. Nil elsewhere:
  /// letters wait until there is a server.
  func post(over transport: SMTPTransport?, enginePool: PostgresPool) -> Post? {
    let url = publicURL ?? "http://localhost:8080"
    if let transport { return Post(publicURL: url) { try await transport.send($0) } }
    guard environment == .development else { return nil }
    let outbox = Outbox(enginePool: enginePool, secrets: keyRing)
    return Post(publicURL: url) { try await outbox.keep($0) }
  }
}
