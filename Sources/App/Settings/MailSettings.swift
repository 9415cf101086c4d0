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

  /// Ordinary mails, and mails about alerts on threads of their own: neither waits behind the other.
  var transports: MailTransports? {
    server.map { server in
      MailTransports(
        ordinary: SMTPTransport(server: server, from: from),
        alerting: SMTPTransport(server: server, from: from, threads: 16))
    }
  }
}

struct MailTransports: Sendable {
  let ordinary: SMTPTransport
  let alerting: SMTPTransport

  func close() async throws {
    try await ordinary.close()
    try await alerting.close()
  }
}

extension Settings {
  /// Under which links in messages lead here; without a slash in the end.
  var linkURL: String {
    let url = publicURL ?? "http://localhost:8080"
    return url.hasSuffix("/") ? String(url.dropLast()) : url
  }

  /// Who writes letters: to the mail server, or without one into the outbox of a development Ward. Nil elsewhere:
  /// letters wait until there is a server.
  func post(over transports: MailTransports?, enginePool: PostgresPool) -> Post? {
    hand(to: transports?.ordinary, enginePool: enginePool).map { Post(publicURL: linkURL, hand: $0) }
  }

  /// Letters that are messages on a channel.
  func emailChannel(
    over transports: MailTransports?, enginePool: PostgresPool, desk: AnswerDesk
  ) -> EmailChannel? {
    guard let ordinary = hand(to: transports?.ordinary, enginePool: enginePool),
      let alerting = hand(to: transports?.alerting, enginePool: enginePool)
    else { return nil }
    return EmailChannel(ordinary: ordinary, alerting: alerting, desk: desk)
  }

  private func hand(
    to transport: SMTPTransport?, enginePool: PostgresPool
  ) -> (@Sendable (Letter) async throws -> Void)? {
    if let transport { return { try await transport.send($0) } }
    guard environment == .development else { return nil }
    let outbox = Outbox(enginePool: enginePool, secrets: keyRing)
    return { try await outbox.keep($0) }
  }
}
