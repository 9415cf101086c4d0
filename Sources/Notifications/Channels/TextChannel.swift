package import Core
package import Operations
import Secrets

/// SMS and WhatsApp: a message to one number, by the service that counts for the hospital.
package struct TextChannel: Channel {
  package let kind: ChannelKind
  private let services: Services
  private let desk: AnswerDesk
  private let publicURL: String?

  /// Longer texts are cut: an SMS of ten parts is read by nobody.
  private static let longest = 800

  package init(_ kind: ServiceKind, services: Services, desk: AnswerDesk, publicURL: String?) {
    self.kind = kind.channel
    self.services = services
    self.desk = desk
    self.publicURL = publicURL
  }

  package func isConfigured(for hospital: HospitalID, _ call: WriteCall) async throws -> Bool {
    do {
      return try await services.service(kind, for: hospital, call)?.provider.messages != nil
    } catch is SealError {
      // It is tried, and the delivery log says why it fails; the next channel follows.
      return true
    }
  }

  package func send(_ message: OutgoingMessage) async throws(SendTrouble) -> SendReceipt {
    guard let number = PhoneText.international(message.destination) else {
      throw SendTrouble("number_not_international", .invalidDestination)
    }
    let service: Services.Service?
    var text = String(message.text.prefix(Self.longest))
    do {
      service = try await services.service(kind, for: message.hospital)
      if let service, let more = try await desk.invitation(for: message, to: number, isOwn: service.isOwn) {
        text += "\n" + more
      }
    } catch is SealError {
      throw .keyMissing
    } catch { throw SendTrouble("failed_inside", .temporary) }
    guard let service, let provider = service.provider.messages else { throw SendTrouble("not_configured", .final) }
    let scope = service.isOwn ? message.hospital.text : "platform"
    let path = provider.name == "gateway" ? "sms" : provider.name
    let outgoing = ProviderMessage(
      key: message.idempotencyKey.text, to: number, title: message.title, text: text, hospital: message.hospital,
      delivery: message.idempotencyKey, callback: publicURL.map { "\($0)/callbacks/\(path)/\(scope)" })
    do {
      return try provider.receipt(
        try await service.calls.send(provider.request(for: outgoing, at: desk.executor.clock.now)))
    } catch let trouble as OutsideCalls.Trouble {
      throw SendTrouble(trouble)
    } catch let trouble as SendTrouble {
      throw trouble
    } catch {
      throw SendTrouble("failed_inside", .temporary)
    }
  }
}
