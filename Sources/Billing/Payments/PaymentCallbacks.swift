package import Core
import Jobs
package import Logging
import Notifications
package import Operations
import Postgres

/// Takes what the payment service tells; nothing is believed that it did not sign, or whose amount is another.
package struct PaymentCallbacks: Sendable {
  private let executor: Executor
  private let provider: PaymentProvider?
  private let logger: Logger

  package init(executor: Executor, services: PaymentServices, logger: Logger) {
    self.executor = executor
    provider = services.provider
    self.logger = logger
  }

  private static let largestBody = 256 * 1024

  package struct Answer: Sendable {
    package let status: Int
    package let body: String
  }

  /// `name` is the service's, as the address says.
  package func respond(
    _ name: String, isPost: Bool, header: (String) -> String?, body: [UInt8], at now: Timestamp
  ) async throws -> Answer {
    guard isPost, let provider, provider.name == name else {
      return Answer(status: 404, body: "{\"error\":\"There is nothing here.\"}")
    }
    guard body.count <= Self.largestBody else { return Answer(status: 413, body: "{\"error\":\"Too large.\"}") }
    let news: ProviderNews
    switch provider.news(header, body, now) {
    case .wronglySigned:
      logger.warning("a payment callback was not signed as it should be")
      return Answer(status: 400, body: "{\"error\":\"This is not signed as it should be.\"}")
    case .nothing: return Answer(status: 200, body: "{\"received\":true}")
    case .news(let told): news = told
    }
    do {
      try await executor.system(in: news.hospital) { call in
        let payment = try await call.payment(news.payment)
        guard payment.provider == provider.name, payment.providerRef == nil || payment.providerRef == news.reference
        else { throw Failure.notFound("payment") }
        if payment.providerRef == nil {
          call.transaction.queue(PaymentQueries.keep(reference: news.reference, of: payment.id, in: payment.hospital))
        }
        if try await Checkout.settle(payment.id, news.outcome, by: provider.name, &call) {
          try call.carryOn(payment.id)
        }
      }
    } catch let failure as Failure where failure.code == .notFound {
      return Answer(status: 400, body: "{\"error\":\"This is about no payment of ours.\"}")
    } catch is JobTrouble {
      logger.error("a payment callback tells another amount than was asked for")
      return Answer(status: 400, body: "{\"error\":\"The amount is not the one that was asked for.\"}")
    }
    return Answer(status: 200, body: "{\"received\":true}")
  }
}
