import AsyncHTTPClient
import Core
import Gateway
import Identity
import Logging
import Notifications
import Operations

/// How messages leave and answers come back, put together.
struct Ways {
  private let services: Services
  let desk: AnswerDesk
  private let publicURL: String?

  init(_ settings: Settings, executor: Executor, client: HTTPClient, tenantCalls: OutsideCalls) {
    services = Services(
      executor: executor, platform: settings.channels.providers,
      platformCalls: GuardedRequests.ofPlatform(over: client), tenantCalls: tenantCalls)
    publicURL = settings.publicURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    desk = AnswerDesk(executor: executor, publicURL: settings.publicURL)
  }

  var channels: [any Notifications.Channel] {
    [
      PushChannel(services: services, executor: desk.executor),
      TextChannel(.sms, services: services, desk: desk, publicURL: publicURL),
      TextChannel(.whatsapp, services: services, desk: desk, publicURL: publicURL),
    ]
  }

  func connect(_ senders: CodeSenders) {
    let (services, executor) = (services, desk.executor)
    let ways: [CodeChannel] = [.sms, .whatsapp].filter { services.platform($0 == .sms ? .sms : .whatsapp) != nil }
    senders.connect(ways: Set(ways)) { way, number, code in
      await CodeMessage.send(
        code, to: number, on: way == .whatsapp ? .whatsapp : .sms, by: services, at: executor.clock.now)
    }
  }

  func pushReceipts(_ outcomes: DeliveryOutcomes) -> PushReceipts {
    PushReceipts(services: services, executor: desk.executor, outcomes: outcomes)
  }

  /// The addresses that services and links know.
  func pages(
    _ outcomes: DeliveryOutcomes, _ publicURL: String, _ payments: @escaping OutsidePages.Page, logger: Logger
  ) -> OutsidePages {
    let callbacks = Callbacks(services: services, desk: desk, outcomes: outcomes, publicURL: publicURL, logger: logger)
    let answers = AnswerPage(desk: desk)
    return OutsidePages([
      "/payment-callbacks/": payments,
      "/callbacks/": { request in
        try await Self.logged(logger, "a callback") { try await callbacks.respond(Self.request(request)) }
      },
      "/answers/": { request in
        try await Self.logged(logger, "an answer") { try await answers.respond(Self.request(request)) }
      },
    ])
  }

  /// Who calls is told to come again; the log says why.
  private static func logged(
    _ logger: Logger, _ what: String, _ work: () async throws -> CallbackAnswer
  ) async throws -> OutsidePages.Answer {
    do {
      return answer(try await work())
    } catch {
      logger.error("\(what) was not taken", metadata: ["error": "\(error)"])
      throw error
    }
  }

  private static func request(_ request: OutsidePages.Request) -> CallbackRequest {
    CallbackRequest(
      isPost: request.isPost, path: request.rest, query: request.query, header: request.header, body: request.body,
      origin: request.origin)
  }

  private static func answer(_ answer: CallbackAnswer) -> OutsidePages.Answer {
    OutsidePages.Answer(status: answer.status, type: answer.type, body: answer.body)
  }
}
