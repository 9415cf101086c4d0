import Core
import Crypto
package import Logging
import Operations
import Postgres

/// Takes what services tell: what became of a message, and what somebody wrote back. Nothing is believed that was not
/// signed by the service which counts: `/callbacks/{twilio|whatsapp|sms}/{hospital id|platform}`.
package struct Callbacks: Sendable {
  private let services: Services
  private let desk: AnswerDesk
  private let outcomes: DeliveryOutcomes
  private let publicURL: String
  private let logger: Logger

  /// `publicURL` is the address by which services reach Ward.
  package init(
    services: Services, desk: AnswerDesk, outcomes: DeliveryOutcomes, publicURL: String, logger: Logger
  ) {
    self.services = services
    self.desk = desk
    self.outcomes = outcomes
    self.publicURL = publicURL.hasSuffix("/") ? String(publicURL.dropLast()) : publicURL
    self.logger = logger
  }

  private static let largestBody = 64 * 1024

  package func respond(_ request: CallbackRequest) async throws -> CallbackAnswer {
    let parts = request.path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let kind = Self.kinds[String(parts[0])] else { return .nobody }
    let scope = parts[1] == "platform" ? nil : HospitalID(parts[1])
    guard scope != nil || parts[1] == "platform" else { return .nobody }
    guard request.body.count <= Self.largestBody else { return CallbackAnswer(413, "{\"error\":\"Too large.\"}") }
    var service = services.platform(kind)
    if let scope { service = try await services.own(kind, of: scope) }
    // An address of nobody answers as one whose signature is wrong: it tells nothing of who has which service.
    switch (String(parts[0]), service?.provider) {
    case ("twilio", .twilio(let twilio)): return try await take(request, twilio, scope: scope)
    case ("whatsapp", .whatsapp(let whatsApp)): return try await take(request, whatsApp, scope: scope)
    case ("sms", .gateway(let gateway)): return try await take(request, gateway, scope: scope)
    default: return .wronglySigned
    }
  }

  private static let kinds: [String: ChannelKind] = ["twilio": .sms, "sms": .sms, "whatsapp": .whatsapp]

  private func take(_ request: CallbackRequest, _ twilio: Twilio, scope: HospitalID?) async throws -> CallbackAnswer {
    guard request.isPost else { return .nobody }
    guard let signature = request.header("X-Twilio-Signature") else { return .unsigned }
    let query = request.query.isEmpty ? "" : "?\(request.query)"
    guard let form = FormReading.read(String(decoding: request.body, as: UTF8.self)),
      let members = FormReading.read(request.query)
    else { return .unreadable }
    guard
      TwilioCallback.isSigned(
        signature, url: "\(publicURL)/callbacks/\(request.path)\(query)", form: form, token: twilio.token)
    else { return refused("twilio") }
    guard let words = TwilioCallback.words(form, query: members) else { return .unreadable }
    let said = try await perform(words, scope: scope, origin: request.origin)
    let message = said.map { "<Message>\($0)</Message>" } ?? ""
    return CallbackAnswer(
      200, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>\(message)</Response>", type: "text/xml")
  }

  private func take(
    _ request: CallbackRequest, _ whatsApp: WhatsApp, scope: HospitalID?
  ) async throws -> CallbackAnswer {
    guard request.isPost else { return Self.greet(request, whatsApp) }
    guard let secret = whatsApp.secret, let signature = request.header("X-Hub-Signature-256") else { return .unsigned }
    guard WhatsAppCallback.isSigned(signature, body: request.body, secret: secret) else { return refused("whatsapp") }
    guard let words = WhatsAppCallback.words(request.body) else { return .unreadable }
    _ = try await perform(words, scope: scope, origin: request.origin)
    return .taken
  }

  /// Meta asks once whether the address is ours.
  private static func greet(_ request: CallbackRequest, _ whatsApp: WhatsApp) -> CallbackAnswer {
    let query = FormReading.read(request.query) ?? []
    func value(_ name: String) -> String? { query.first { $0.name == name }?.value }
    guard let wanted = whatsApp.verifyToken, value("hub.mode") == "subscribe", let told = value("hub.verify_token"),
      // Digests are compared in the same time whatever they are.
      SHA256.hash(data: Array(told.utf8)) == SHA256.hash(data: Array(wanted.utf8)),
      let challenge = value("hub.challenge"), challenge.utf8.count <= 200
    else { return .wronglySigned }
    return CallbackAnswer(200, challenge, type: "text/plain; charset=utf-8")
  }

  private func take(_ request: CallbackRequest, _ gateway: Gateway, scope: HospitalID?) async throws -> CallbackAnswer {
    guard request.isPost else { return .nobody }
    guard let secret = gateway.secret, let header = request.header("Ward-Signature") else { return .unsigned }
    guard
      SignedBody.check(header, body: request.body, secret: secret, at: desk.executor.clock.now) == .good
    else { return refused("sms") }
    guard let words = GatewayCallback.words(request.body) else { return .unreadable }
    _ = try await perform(words, scope: scope, origin: request.origin)
    return .taken
  }

  private func refused(_ service: String) -> CallbackAnswer {
    logger.warning("a callback was not signed as it should be", metadata: ["service": "\(service)"])
    return .wronglySigned
  }

  /// Does what was told; what to say to whoever wrote back.
  private func perform(_ words: [ServiceWord], scope: HospitalID?, origin: RequestOrigin) async throws -> String? {
    var said: String?
    for word in words {
      switch word {
      case .receipt(let hospital, let delivery, let move, let reason):
        guard scope == nil || scope == hospital else { continue }
        try await desk.executor.system(in: hospital) { call in
          _ = try await outcomes.receipt(move, reason: reason, of: delivery, in: hospital, &call)
        }
      case .reply(let text, let from, let time):
        let origin = RequestOrigin(id: origin.id, address: origin.address, userAgent: "reply")
        switch try await desk.reply(text, from: from, at: time, scope: scope, origin: origin) {
        case .acknowledged: said = "Thank you. The alert is yours."
        case .refused: said = "The alert is not open to you any more."
        case .nothing: continue
        }
      }
    }
    return said
  }
}
