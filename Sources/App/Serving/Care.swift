import Billing
import Consultations
import Gateway
import Jobs
import Operations
import Scheduling
import Tenancy

/// The clinic: appointments, consultations and money meet here, since they do not know each other.
enum Care {
  /// Everything that a client can do there.
  static func register(in registry: inout Registry, _ payments: PaymentServices, _ video: VideoVisits) {
    let terms = BookingTerms(unpaidSeconds: payments.provider == nil ? nil : secondsToPay)
    registry.registerScheduling(terms)
    registry.registerFlow()
    registry.registerConsultations(terms, video)
    registry.registerBilling(payments)
  }

  /// Who books for himself has a quarter of an hour to pay.
  private static let secondsToPay = 15 * 60

  /// Who else gives tickets to follow a place.
  static let lines = [DayQueues.keeper]

  static let handlers: [JobHandler] = SchedulingJobs.handlers + FlowJobs.handlers + Subscriptions.handlers
  static let periodic: [PeriodicJob] = Checkout.periodic

  /// Addresses that are no operations.
  static func pages(_ executor: Executor) -> [String: OutsidePages.Page] {
    [
      CalendarFeed.prefix: { request in
        let text = try await CalendarFeed.text(of: request.rest, from: request.origin, executor)
        return .init(status: 200, type: "text/calendar; charset=utf-8", body: text)
      }
    ]
  }
}
