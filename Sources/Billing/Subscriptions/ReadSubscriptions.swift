package import Core
package import Operations
import Postgres

/// Shows the subscription in force, or else the last one that was.
package struct GetSubscription: ReadOperation {
  package static let contract = Contract(
    name: "billing.getSubscription", route: .get("/subscription"), summary: "Show the hospital's subscription",
    message: "The subscription.", access: .permission(.manageBilling), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .billing), cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<SubscriptionKind> {
    try Document(try await call.row(SubscriptionQueries.current(in: try call.hospital.id), else: "subscription"))
  }
}

/// Lists the hospital's subscriptions, the latest first.
package struct ListSubscriptions: ReadOperation {
  package let paging: Paging<SubscriptionKind>

  package static let contract = Contract(
    name: "billing.getSubscriptions", route: .get("/subscriptions"), summary: "List the hospital's subscriptions",
    message: "The subscriptions.", access: .permission(.manageBilling), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .billing), cache: .never)

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: ReadCall) async throws -> Documents<SubscriptionKind> {
    try await call.documents(SubscriptionQueries.list(in: try call.hospital.id), paging, named: "subscriptions")
  }
}

/// Reckons what a subscription would cost now, line by line; nothing is ordered.
package struct QuoteSubscription: ReadOperation {
  package let planCode: PlanCode
  package let cycle: BillingCycle
  package let doctors: DoctorCount?

  package static let contract = Contract(
    name: "billing.quote", route: .get("/subscription/quote"), summary: "Reckon what a subscription costs",
    message: "The price.", access: .permission(.manageBilling), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .billing), cache: .never)

  package func run(_ call: ReadCall) async throws -> SubscriptionQuote {
    let hospital = try call.hospital.id
    let offer = SubscriptionOffer(planCode: planCode, doctors: doctors)
    let (terms, count) = try offer.terms(try await call.rows(PlanQueries.terms(planCode)).first)
    let running = try await call.rows(SubscriptionQueries.running(in: hospital)).first
    return SubscriptionQuote(
      try offer.price(terms, doctors: count, cycle: cycle, running: running), of: self, doctors: count)
  }
}

package struct SubscriptionQuote: Record {
  package let planCode: PlanCode
  package let cycle: BillingCycle
  package let doctors: DoctorCount
  package let currency: Currency
  package let baseMinor: SignedMinor
  package let volumeDiscountMinor: SignedMinor
  package let yearlyDiscountMinor: SignedMinor
  package let netMinor: SignedMinor
  package let creditMinor: SignedMinor
  package let feeMinor: SignedMinor
  package let taxMinor: SignedMinor
  package let totalMinor: SignedMinor

  init(_ price: SubscriptionPrice, of asked: QuoteSubscription, doctors: Int64) {
    planCode = asked.planCode
    cycle = asked.cycle
    self.doctors = DoctorCount(unchecked: doctors)
    currency = price.net.currency
    baseMinor = SignedMinor(price.base)
    volumeDiscountMinor = SignedMinor(price.volumeDiscount)
    yearlyDiscountMinor = SignedMinor(price.yearlyDiscount)
    netMinor = SignedMinor(price.net)
    creditMinor = SignedMinor(price.credit)
    feeMinor = SignedMinor(price.fee)
    taxMinor = SignedMinor(price.tax)
    totalMinor = SignedMinor(price.total)
  }
}

/// An amount in an answer, whatever its size.
package struct SignedMinor: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { .min ... .max }

  init(_ money: Money) { value = money.minor }
}
