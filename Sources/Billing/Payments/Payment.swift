import Core
import FoundationEssentials
import Operations
import Postgres

/// A payment as its row says, with the steps that are on record.
struct Payment: Sendable {
  let id: PaymentID
  let hospital: HospitalID
  let appointment: UUID?
  let subscription: SubscriptionID?
  let amount: Money
  let status: PaymentLife.State
  let provider: String?
  let providerRef: String?
  let transactionID: String?
  let processingAt: Timestamp?
  let version: Int64
  var steps: [CheckoutSaga.Step: CheckoutSaga.Outcome]

  init(_ row: Row, steps: Rows) throws {
    guard let status = PaymentLife.State(rawValue: try row.decode("status")) else { throw Failure.internalFault }
    id = try row.decode("id")
    hospital = try row.decode("hospital_id")
    appointment = try row.decode("appointment_id", as: UUID?.self)
    subscription = try row.decode("subscription_id", as: SubscriptionID?.self)
    amount = Money(try row.decode("amount_minor"), Currency(unchecked: try row.decode("currency")))
    self.status = status
    provider = try row.decode("provider", as: String?.self)
    providerRef = try row.decode("provider_ref", as: String?.self)
    transactionID = try row.decode("transaction_id", as: String?.self)
    processingAt = try row.decode("processing_at", as: Timestamp?.self)
    version = Int64(try row.decode("version", as: Int.self))
    self.steps = [:]
    for row in steps {
      if let step = CheckoutSaga.Step(rawValue: try row.decode("step")) {
        self.steps[step] = CheckoutSaga.Outcome(rawValue: try row.decode("outcome"))
      }
    }
  }

  var purpose: CheckoutSaga.Purpose { appointment == nil ? .subscription : .appointment }
  var next: CheckoutSaga.Step? { CheckoutSaga.next(purpose, after: steps) }
  var order: PaymentOrder { PaymentOrder(payment: id, hospital: hospital, amount: amount) }
}

extension WriteCall {
  /// The payment, locked until the transaction ends.
  func payment(_ id: PaymentID) async throws -> Payment {
    guard let hospital = tenant else { throw Failure.internalFault }
    guard let row = try await transaction.query(PaymentQueries.lock(id, in: hospital)).first else {
      throw Failure.notFound("payment")
    }
    return try Payment(row, steps: try await transaction.query(PaymentQueries.steps(of: id, in: hospital)))
  }

  /// Puts a step on record, once, and tells those who look; false where it was there.
  mutating func note(
    _ step: CheckoutSaga.Step, _ outcome: CheckoutSaga.Outcome = .done, of payment: Payment
  ) async throws -> Bool {
    let rows = try await transaction.query(PaymentQueries.note(step, outcome, of: payment.id, in: payment.hospital))
    guard let row = rows.first else { return false }
    var audit = AuditRow(system: "payment_\(step.rawValue)", category: .billing, hospital: payment.hospital)
    audit.note.resource("payment", payment.id)
    audit.note.details = ["outcome": .string(outcome.rawValue)]
    auditRows.append(audit)
    var told: [JSONValue.Member] = [
      .init("paymentId", .string(payment.id.text)), .init("status", .string(try row.decode("status"))),
      .init("step", .string(step.rawValue)), .init("outcome", .string(outcome.rawValue)),
    ]
    if let appointment = payment.appointment {
      told.append(.init("appointmentId", .string(Identifier<AnyEntity>(rawValue: appointment).text)))
    }
    emit(Event("payment:updated", to: [.hospital(payment.hospital)], payload: .object(told)))
    return true
  }

  /// Goes on with it after the commit.
  mutating func carryOn(_ payment: PaymentID, method: String? = nil) throws {
    var job = Job(
      queue: "payment-processing", kind: Checkout.jobKind,
      payload: ["payment": .string(payment.text), "method": method.map { .string($0) } ?? .null])
    // About four days: money must not stay where nobody owes it because a service was away over a weekend.
    job.maxAttempts = 100
    try enqueue(job)
  }
}
