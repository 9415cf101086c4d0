import AsyncHTTPClient
import Billing
import Core
import Gateway
import Jobs
import Logging
import Operations
import Postgres

/// How payments are made, put together: the service outside, and the appointments that are paid.
struct Paying {
  let services: PaymentServices

  init(_ settings: PaymentSettings, client: HTTPClient) {
    services = PaymentServices(settings.service?.provider(over: GuardedRequests.ofPlatform(over: client)))
  }

  func handlers(_ executor: Executor, enginePool: PostgresPool) -> [JobHandler] {
    Checkout(executor: executor, bookings: Self.bookings, services: services, enginePool: enginePool).handlers
  }

  /// The address that the payment service knows: `/payment-callbacks/stripe`.
  func page(_ executor: Executor, _ logger: Logger) -> OutsidePages.Page {
    let callbacks = PaymentCallbacks(executor: executor, services: services, logger: logger)
    return { request in
      let answer = try await callbacks.respond(
        request.rest, isPost: request.isPost, header: request.header, body: request.body, at: executor.clock.now)
      return OutsidePages.Answer(status: answer.status, type: "application/json", body: answer.body)
    }
  }

  /// Billing knows no appointments: here they meet.
  private static let bookings = PaidBookings(
    confirm: { appointment, call in
      guard let hospital = call.tenant else { return false }
      return try await !call.transaction.query(PaidBookingQueries.confirm(appointment, in: hospital)).isEmpty
    },
    cancel: { appointment, call in
      guard let hospital = call.tenant else { return }
      call.transaction.queue(PaidBookingQueries.cancel(appointment, in: hospital))
    })
}
