import AsyncHTTPClient
import Billing
import Core
import Gateway
import Jobs
import Logging
import Operations
import Postgres
import Scheduling

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
      let id = AppointmentID(rawValue: appointment)
      switch try await BookingDesk.lock(id, call).status {
      case .held, .scheduled:
        _ = try await BookingDesk.advance(id, to: .confirmed, &call)
        return true
      case .confirmed, .checkedIn, .inProgress, .completed: return true
      case .cancelled, .noShow, .expired: return false
      }
    },
    cancel: { appointment, call in
      let id = AppointmentID(rawValue: appointment)
      guard try await BookingDesk.lock(id, call).status.occupies else { return }
      _ = try await BookingDesk.release(id, cause: .payment, &call)
    })
}
