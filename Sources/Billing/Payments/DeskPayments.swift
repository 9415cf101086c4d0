import Core
package import Operations
import Postgres

/// Puts on record what somebody paid at the desk: all of it, in the currency of the payment.
package struct RecordPayment: WriteOperation {
  package let paymentId: PaymentID
  package let method: DeskMethod
  package let amountMinor: MinorAmount
  package let transactionId: TransactionID?

  package static let contract = Contract(
    name: "billing.recordPayment", route: .post("/payments/{paymentId}/receipt"), summary: "Take a payment at the desk",
    message: "The payment is complete.", access: .permission(.manageBilling), limit: .standard, mode: .write,
    audit: .row(action: "payment_recorded", category: .billing), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<PaymentKind> {
    let hospital = try call.hospital.id
    let payment = try await call.payment(paymentId)
    // Whoever pays by a service is not paid for at the desk meanwhile.
    guard payment.status == .pending else { throw payment.refusal }
    guard amountMinor.value == payment.amount.minor else {
      throw Failure.invalid("amountMinor", "must be the amount of the payment", rule: "equal")
    }
    call.transaction.queue(
      PaymentQueries.complete(paymentId, by: "desk", method: method, transaction: transactionId?.text, in: hospital))
    _ = try await call.note(.charge, of: payment)
    try call.carryOn(paymentId)
    call.audit.details = ["method": .string(method.rawValue)]
    return try await Payments.answer(paymentId, &call)
  }
}

/// Pays back what was paid: only a complete payment, all of it, once.
package struct RefundPayment: WriteOperation {
  package let paymentId: PaymentID
  package let version: BillingVersion

  package static let contract = Contract(
    name: "billing.refund", route: .post("/payments/{paymentId}/refund"), summary: "Pay a payment back",
    message: "The money goes back.", access: .permission(.manageBilling), limit: .standard, mode: .write,
    audit: .row(action: "refund_asked", category: .billing), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<PaymentKind> {
    let payment = try await call.payment(paymentId)
    guard payment.version == version.value else {
      throw Failure(
        .conflict, "The payment was changed meanwhile. Read it again.", details: ["version": .integer(payment.version)])
    }
    guard PaymentLife.may(payment.status, become: .refunded) else {
      throw Failure(
        .conflict, "Only a complete payment is paid back; this one is \(payment.status.rawValue).",
        details: ["status": .string(payment.status.rawValue)])
    }
    if try await call.note(.withdraw, of: payment) { try call.carryOn(paymentId) }
    return try await Payments.answer(paymentId, &call)
  }
}

/// Brings the proof that an order was paid in the browser: the service's signature over order and payment. The service
/// itself is asked for the money and the amount before anything is confirmed.
package struct VerifyPayment: JoinedOperation {
  package let paymentId: PaymentID
  package let orderId: ServiceToken
  package let servicePaymentId: ServiceToken
  package let signature: HexSignature

  package static let contract = Contract(
    name: "billing.verifyPayment", route: .post("/my-payments/{paymentId}/verification"),
    summary: "Prove that an order was paid", message: "The proof is taken.", access: .permission(.bookAppointments),
    limit: RateLimit("payments.verify", max: 20, windowSeconds: 600), mode: .write,
    audit: .row(action: "payment_proven", category: .billing), cache: .never)

  package func run(_ call: inout WriteCall, _ services: PaymentServices) async throws -> Document<PaymentKind> {
    let mine = PaymentQueries.isOwn(paymentId, of: try call.person, in: try call.hospital.id)
    guard try await !call.transaction.query(mine).isEmpty else { throw Failure.notFound("payment") }
    let payment = try await call.payment(paymentId)
    let provider = try services.mustHave()
    guard payment.provider == provider.name, payment.providerRef == orderId.text,
      provider.isProven(orderId.text, servicePaymentId.text, signature.text)
    else { throw Failure.invalid("signature", "does not belong to this payment", rule: "signature") }
    if payment.status == .processing { try call.carryOn(paymentId) }
    return try await Payments.answer(paymentId, &call)
  }
}
