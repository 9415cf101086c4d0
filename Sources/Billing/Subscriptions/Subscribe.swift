import Core
package import Operations
import Postgres

/// Subscribes the caller's hospital to a plan, for the first time or anew: what is left of the one that runs is credited.
/// With nothing to pay it runs at once, else from its payment on. Asked twice, it is made once.
package struct Subscribe: WriteOperation {
  package let planCode: PlanCode
  package let cycle: BillingCycle
  /// All that the plan allows, where it is not given.
  package let doctors: DoctorCount?

  package static let contract = Contract(
    name: "billing.subscribe", route: .post("/subscriptions", status: 201), summary: "Subscribe the hospital to a plan",
    message: "The subscription is made.", access: .permission(.manageBilling),
    limit: RateLimit("subscriptions", max: 20, windowSeconds: 300), mode: .write,
    audit: .row(action: "subscription_created", category: .billing), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<SubscriptionKind> {
    let hospital = try call.hospital.id
    _ = try await call.transaction.query(SubscriptionQueries.lock(hospital))
    let offer = SubscriptionOffer(planCode: planCode, doctors: doctors)
    let (terms, count) = try offer.terms(try await call.transaction.query(PlanQueries.terms(planCode)).first)
    let there = try await call.transaction.query(SubscriptionQueries.doctors(in: hospital)).first
    guard try there?.decode("doctors", as: Int64.self) ?? 0 <= count else {
      throw Failure(.conflict, "The hospital has more doctors than that.", details: ["field": "doctors"])
    }
    let running = try await call.transaction.query(SubscriptionQueries.running(in: hospital)).first
    let price = try offer.price(terms, doctors: count, cycle: cycle, running: running)
    let id = try await keep(price, doctors: count, in: hospital, &call)
    guard let row = try await call.transaction.query(SubscriptionQueries.find(id, in: hospital)).first else {
      throw Failure.internalFault
    }
    call.audit.resource("subscription", id)
    call.audit.details = ["plan": .string(planCode.text)]
    return try Document(row)
  }

  private func keep(
    _ price: SubscriptionPrice, doctors: Int64, in hospital: HospitalID, _ call: inout WriteCall
  ) async throws -> SubscriptionID {
    let waiting = SubscriptionQueries.waiting(self, doctors: doctors, price, in: hospital)
    if price.total.minor > 0, let row = try await call.transaction.query(waiting).first {
      return try row.decode("id")
    }
    let id = SubscriptionID.new(at: call.now)
    call.transaction.queue(
      SubscriptionQueries.insert(self, id, doctors: doctors, price, in: hospital, by: call.caller?.userID))
    if price.total.minor == 0 {
      try await Subscriptions.activate(id, in: hospital, &call)
    } else {
      call.transaction.queue(PaymentQueries.insert(.new(at: call.now), for: id, price.total, in: hospital))
    }
    return id
  }
}

/// What somebody asks for, held against a plan on offer.
struct SubscriptionOffer {
  let planCode: PlanCode
  let doctors: DoctorCount?

  func terms(_ row: Row?) throws -> (PlanTerms, doctors: Int64) {
    guard let row else { throw Failure.invalid("planCode", "refers to no plan on offer", rule: "exists") }
    let terms = try PlanTerms(row)
    let count = doctors?.value ?? terms.maxDoctors
    guard count <= terms.maxDoctors else {
      throw Failure.invalid("doctors", "must be at most \(terms.maxDoctors) in this plan", rule: "range")
    }
    return (terms, count)
  }

  func price(_ terms: PlanTerms, doctors: Int64, cycle: BillingCycle, running: Row?) throws -> SubscriptionPrice {
    let time = try running.map { row in
      RunningTime(
        net: Money(try row.decode("net_minor"), Currency(unchecked: try row.decode("currency"))),
        days: try row.decode("days"), daysLeft: try row.decode("days_left"))
    }
    do {
      return try SubscriptionPrice(terms, doctors: doctors, cycle: cycle, running: time)
    } catch {
      throw Failure.invalid("doctors", "makes a price that cannot be reckoned", rule: "range")
    }
  }
}
