import Core
package import Jobs
package import Operations
package import Postgres

/// Carries payments on, one step after the other: what is asked outside is asked between transactions, and what was
/// answered is on record before the next step. Wherever this ends, the next who goes on finds the place.
package struct Checkout: Sendable {
  static let jobKind = "payment.carry_on"
  static let releaseKind = "payment.released"
  static let reconcileKind = "payment.reconcile"

  let executor: Executor
  let bookings: PaidBookings
  let provider: PaymentProvider?
  let enginePool: PostgresPool

  package init(executor: Executor, bookings: PaidBookings, services: PaymentServices, enginePool: PostgresPool) {
    self.executor = executor
    self.bookings = bookings
    provider = services.provider
    self.enginePool = enginePool
  }

  package static let periodic = [
    PeriodicJob("payments.reconcile", everySeconds: 300, queue: "payment-processing", kind: reconcileKind)
  ]

  package var handlers: [JobHandler] {
    [
      JobHandler(queue: "payment-processing", kind: Self.jobKind) { job in
        guard let id = job.payload["payment"]?.text.flatMap({ PaymentID($0) }), let hospital = job.hospital else {
          throw JobTrouble("unknown payment", isFinal: true)
        }
        try await carryOn(id, method: job.payload["method"]?.text, in: hospital)
      },
      JobHandler(
        queue: "payment-processing", kind: Self.releaseKind,
        inTransaction: { job, call in
          guard let hospital = job.hospital else { throw JobTrouble("no hospital", isFinal: true) }
          for row in try await call.transaction.query(PaymentQueries.ofReleased(in: hospital)) {
            let payment = try await call.payment(try row.decode("id"))
            if try await call.note(.withdraw, of: payment) { try call.carryOn(payment.id) }
          }
        }),
      JobHandler(queue: "payment-processing", kind: Self.reconcileKind) { _ in try await reconcile() },
    ]
  }

  /// Asks about each payment that is on its way for too long.
  private func reconcile() async throws {
    for row in try await enginePool.run(PaymentQueries.stuck) {
      let id: PaymentID = try row.decode("id")
      try await executor.system(in: try row.decode("hospital_id")) { call in try call.carryOn(id) }
    }
  }

  func carryOn(_ id: PaymentID, method: String?, in hospital: HospitalID) async throws {
    // As many steps as there are, and each is there once.
    for _ in CheckoutSaga.Step.allCases {
      let payment = try await executor.system(in: hospital) { call in try await call.payment(id) }
      switch payment.next {
      case nil: return
      case .charge?:
        guard payment.status == .processing, try await charge(payment, method: method) else { return }
      case .refund?: try await refund(payment)
      case let step?: try await take(step, of: id, in: hospital)
      }
    }
  }

  /// False where nobody knows yet.
  private func charge(_ payment: Payment, method: String?) async throws -> Bool {
    guard let provider, provider.name == payment.provider else { throw JobTrouble("payment_service_not_set_up") }
    let outcome: ProviderOutcome
    do {
      if let reference = payment.providerRef {
        outcome =
          try await method == nil
          ? provider.giveUp(reference, payment.order) : provider.charge(reference, payment.order)
      } else if method == nil, provider.name == "stripe" {
        // It was never opened, so no money moved; what is being opened now is not charged.
        outcome = .declined("abandoned")
      } else {
        let reference = try await provider.open(payment.order, method)
        let isWanted = try await executor.system(in: payment.hospital) { call in
          try await !call.transaction.query(
            PaymentQueries.keep(opened: reference, of: payment.id, in: payment.hospital)
          ).isEmpty
        }
        guard isWanted else { return false }
        outcome = try await provider.charge(reference, payment.order)
      }
    } catch let refused as Refused {
      outcome = .declined(refused.reason)
    }
    return try await executor.system(in: payment.hospital) { call in
      try await Self.settle(payment.id, outcome, by: provider.name, &call)
    }
  }

  /// Puts on record how a payment stands at its service; false where nothing came of it. The amount has to be what was
  /// asked for: anything else is nobody's payment.
  static func settle(
    _ id: PaymentID, _ outcome: ProviderOutcome, by provider: String, _ call: inout WriteCall
  ) async throws -> Bool {
    let payment = try await call.payment(id)
    switch outcome {
    case .waiting: return false
    case .paid(let amount):
      guard amount == payment.amount else { throw JobTrouble("amount_differs", isFinal: true) }
      guard PaymentLife.may(payment.status, become: .completed) else { return false }
      let isLate = payment.status == .failed
      call.transaction.queue(
        PaymentQueries.complete(id, by: provider, method: nil, transaction: nil, in: payment.hospital))
      return try await call.note(isLate ? .lateMoney : .charge, of: payment)
    case .declined(let reason):
      guard PaymentLife.may(payment.status, become: .failed) else { return false }
      call.transaction.queue(PaymentQueries.fail(id, reason, in: payment.hospital))
      return try await call.note(.charge, .failed, of: payment)
    }
  }

  private func refund(_ payment: Payment) async throws {
    if payment.provider != "desk" {
      guard let provider, provider.name == payment.provider, let reference = payment.providerRef else {
        throw JobTrouble("payment_service_not_set_up")
      }
      try await provider.refund(reference, payment.order)
    }
    try await executor.system(in: payment.hospital) { call in
      let payment = try await call.payment(payment.id)
      guard PaymentLife.may(payment.status, become: .refunded) else { return }
      call.transaction.queue(PaymentQueries.refund(payment.id, in: payment.hospital))
      _ = try await call.note(.refund, of: payment)
    }
  }

  /// What is done in the database alone: once, however many try.
  private func take(_ step: CheckoutSaga.Step, of id: PaymentID, in hospital: HospitalID) async throws {
    try await executor.system(in: hospital) { call in
      let payment = try await call.payment(id)
      guard payment.next == step else { return }
      var outcome = CheckoutSaga.Outcome.done
      switch step {
      case .confirm: outcome = try await confirm(payment, &call) ? .done : .failed
      case .notify: try await call.giveReceipt(for: payment)
      case .releaseSlot: if let appointment = payment.appointment { try await bookings.cancel(appointment, &call) }
      case .cancelSubscription:
        if let id = payment.subscription {
          call.transaction.queue(SubscriptionQueries.withdraw(id, in: hospital))
        }
      case .reserveSlot, .createConsultation, .charge, .withdraw, .lateMoney, .cancelConsultation, .refund: break
      }
      _ = try await call.note(step, outcome, of: payment)
    }
  }

  private func confirm(_ payment: Payment, _ call: inout WriteCall) async throws -> Bool {
    if let appointment = payment.appointment { return try await bookings.confirm(appointment, &call) }
    guard let subscription = payment.subscription else { return false }
    return try await Subscriptions.activateIfPending(subscription, in: payment.hospital, &call)
  }
}
