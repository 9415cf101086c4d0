package import Core
package import Operations

/// Messages as letters: plain text, and HTML besides where the template has it. The Message-ID is the delivery's id.
package struct EmailChannel: Channel {
  package let kind = ChannelKind.email
  package typealias Hand = @Sendable (Letter) async throws -> Void

  private let ordinary: Hand
  private let alerting: Hand
  private let desk: AnswerDesk

  /// Each gives a letter away, to a mail server or into the outbox; `alerting` those about alerts.
  package init(ordinary: @escaping Hand, alerting: @escaping Hand, desk: AnswerDesk) {
    self.desk = desk
    self.ordinary = ordinary
    self.alerting = alerting
  }

  package func isConfigured(for hospital: HospitalID, _ call: WriteCall) -> Bool { true }

  package func send(_ message: OutgoingMessage) async throws(SendTrouble) -> SendReceipt {
    let to: EmailAddress
    do { to = try EmailAddress(message.destination) } catch { throw SendTrouble("no_address", .invalidDestination) }
    let link: String?
    do { link = try await desk.link(in: message) } catch { throw SendTrouble("failed_inside", .temporary) }
    let letter = Letter(
      id: JobID(rawValue: message.idempotencyKey.rawValue), to: to, subject: message.title,
      text: Self.text(message.text, link), html: message.html.map { Self.html($0, link) }, date: message.createdAt)
    do {
      try await (message.alert == nil ? ordinary : alerting)(letter)
    } catch let trouble as SMTPTrouble {
      throw SendTrouble(trouble.reason, trouble.isFinal ? .invalidDestination : .temporary)
    } catch {
      throw SendTrouble("mail_server", .temporary)
    }
    return SendReceipt(providerID: letter.id.text)
  }

  /// The link shows a page with a button: a program that opens every link of a mail answers no alert.
  static func text(_ text: String, _ link: String?) -> String {
    guard let link else { return text }
    return text + "\n\nTo say that you are on your way, open this page and press its button:\n\(link)\n"
  }

  /// Within the body, where the hospital's words have one.
  static func html(_ html: String, _ link: String?) -> String {
    guard let link else { return html }
    let address = link.replacing("&", with: "&amp;").replacing("\"", with: "&quot;").replacing("<", with: "&lt;")
    let line = "<p><a href=\"\(address)\">I am on my way</a></p>"
    guard let end = html.ranges(of: "</body>").last else { return html + line }
    return html[..<end.lowerBound] + line + html[end.lowerBound...]
  }
}
