import Core
package import Operations
import Postgres

/// Pays by the service outside: the charge is made after this call, once for a transaction however often it is asked for.
package struct Pay: JoinedOperation {
  package let paymentId: PaymentID
  package let transactionId: TransactionID
  /// The service's token of a card; an order that is paid in the browser needs none.
  package let paymentMethod: ServiceToken?

  package static let contract = Contract(
    name: "billing.pay", route: .post("/payments/{paymentId}/charge"), summary: "Pay by the payment service",
    message: "The payment is on its way.", access: .permission(.manageBilling), limit: .standard, mode: .write,
    audit: .row(action: "payment_begun", category: .billing), cache: .never)

  package func run(_ call: inout WriteCall, _ services: PaymentServices) async throws -> Document<PaymentKind> {
    try await Payments.begin(paymentId, transactionId, paymentMethod, services, &call)
  }
}

/// Pays for one's own appointment; another's is not there.
package struct PayOwn: JoinedOperation {
  package let paymentId: PaymentID
  package let transactionId: TransactionID
  package let paymentMethod: ServiceToken?

  package static let contract = Contract(
    name: "billing.payOwn", route: .post("/my-payments/{paymentId}/charge"), summary: "Pay for one's own appointment",
    message: "Your payment is on its way.", access: .permission(.bookAppointments), limit: .standard, mode: .write,
    audit: .row(action: "payment_begun", category: .billing), cache: .never)

  package func run(_ call: inout WriteCall, _ services: PaymentServices) async throws -> Document<PaymentKind> {
    let mine = PaymentQueries.isOwn(paymentId, of: try call.person, in: try call.hospital.id)
    guard try await !call.transaction.query(mine).isEmpty else { throw Failure.notFound("payment") }
    return try await Payments.begin(paymentId, transactionId, paymentMethod, services, &call)
  }
}

enum Payments {
  static func begin(
    _ id: PaymentID, _ transaction: TransactionID, _ method: ServiceToken?, _ services: PaymentServices,
    _ call: inout WriteCall
  ) async throws -> Document<PaymentKind> {
    let hospital = try call.hospital.id
    let payment = try await call.payment(id)
    if payment.transactionID != transaction.text {
      let provider = try services.mustHave()
      guard PaymentLife.may(payment.status, become: .processing) else { throw payment.refusal }
      let others = try await call.transaction.query(PaymentQueries.ofTransaction(transaction.text, in: hospital))
      guard others.isEmpty else {
        throw Failure(.conflict, "Another payment has this transaction.", details: ["field": "transactionId"])
      }
      call.transaction.queue(
        PaymentQueries.begin(id, by: provider.name, transaction: transaction.text, in: hospital))
      try call.carryOn(id, method: method?.text)
    }
    return try await answer(id, &call)
  }

  static func answer(_ id: PaymentID, _ call: inout WriteCall) async throws -> Document<PaymentKind> {
    guard let row = try await call.transaction.query(PaymentQueries.find(id, in: try call.hospital.id)).first else {
      throw Failure.notFound("payment")
    }
    call.audit.resource("payment", id)
    return try Document(row)
  }
}

extension Payment {
  var refusal: Failure {
    Failure(
      .conflict, "The payment is \(status.rawValue) already.",
      details: ["status": .string(status.rawValue), "version": .integer(version)])
  }
}
