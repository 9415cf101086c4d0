package import Core
package import Operations
import Postgres

/// Lists the hospital's payments, the latest first.
package struct ListPayments: ReadOperation {
  package let paging: Paging<PaymentKind>
  package let status: PaymentStatus?

  package static let contract = Contract(
    name: "billing.getPayments", route: .get("/payments"), summary: "List payments", message: "The payments.",
    access: .permission(.manageBilling), limit: .standard, mode: .read, audit: .refusalsOnly(category: .billing),
    cache: .never)

  private enum Key: String, CodingKey { case status }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    status = try decoder.container(keyedBy: Key.self).decodeIfPresent(PaymentStatus.self, forKey: .status)
  }

  package func run(_ call: ReadCall) async throws -> Documents<PaymentKind> {
    try await call.documents(
      PaymentQueries.list(status, in: try call.hospital.id), paging, named: "payments \(status?.rawValue ?? "")")
  }
}

/// Shows one payment.
package struct GetPayment: ReadOperation {
  package let paymentId: PaymentID

  package static let contract = Contract(
    name: "billing.getPayment", route: .get("/payments/{paymentId}"), summary: "Show a payment",
    message: "The payment.", access: .permission(.manageBilling), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .billing), cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<PaymentKind> {
    try Document(try await call.row(PaymentQueries.find(paymentId, in: try call.hospital.id), else: "payment"))
  }
}

/// Lists what was done about a payment, step by step.
package struct ListPaymentSteps: ReadOperation {
  package let paging: Paging<PaymentStepKind>
  package let paymentId: PaymentID

  package static let contract = Contract(
    name: "billing.getPaymentSteps", route: .get("/payments/{paymentId}/steps"),
    summary: "List what was done about a payment", message: "The steps.", access: .permission(.manageBilling),
    limit: .standard, mode: .read, audit: .refusalsOnly(category: .billing), cache: .never)

  private enum Key: String, CodingKey { case paymentId }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    paymentId = try decoder.container(keyedBy: Key.self).decode(PaymentID.self, forKey: .paymentId)
  }

  package func run(_ call: ReadCall) async throws -> Documents<PaymentStepKind> {
    let hospital = try call.hospital.id
    _ = try await call.row(PaymentQueries.find(paymentId, in: hospital), else: "payment")
    return try await call.documents(
      PaymentQueries.stepList(of: paymentId, in: hospital), paging, named: "payment steps \(paymentId.text)")
  }
}

/// Lists the payments for the caller's own appointments.
package struct ListOwnPayments: ReadOperation {
  package let paging: Paging<PaymentKind>

  package static let contract = Contract(
    name: "billing.getMyPayments", route: .get("/my-payments"), summary: "List one's own payments",
    message: "Your payments.", access: .permission(.bookAppointments), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .billing), cache: .never)

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: ReadCall) async throws -> Documents<PaymentKind> {
    try await call.documents(
      PaymentQueries.own(of: try call.person, in: try call.hospital.id), paging, named: "my payments")
  }
}

/// Shows the receipt of a payment that is complete.
package struct GetReceipt: ReadOperation {
  package let paymentId: PaymentID

  package static let contract = Contract(
    name: "billing.getReceipt", route: .get("/payments/{paymentId}/receipt"), summary: "Show a receipt",
    message: "The receipt.", access: .permission(.manageBilling), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .billing), cache: .never)

  package func run(_ call: ReadCall) async throws -> Receipt {
    let hospital = try call.hospital
    let row = try await call.row(PaymentQueries.find(paymentId, in: hospital.id), else: "payment")
    guard let number = try row.decode("receiptNumber", as: String?.self),
      let paidAt = try row.decode("paidAt", as: Timestamp?.self)
    else { throw Failure(.conflict, "There is a receipt once the payment is complete.") }
    let amount = Money(try row.decode("amountMinor"), Currency(unchecked: try row.decode("currency")))
    return Receipt(
      number: ReceiptText(unchecked: number), hospital: ReceiptText(unchecked: hospital.name),
      amount: ReceiptText(unchecked: "\(amount)"), amountMinor: SignedMinor(amount), currency: amount.currency,
      paidAt: paidAt, refundedAt: try row.decode("refundedAt", as: Timestamp?.self))
  }
}

package struct Receipt: Record {
  package let number: ReceiptText
  package let hospital: ReceiptText
  /// Written with its currency's digits.
  package let amount: ReceiptText
  package let amountMinor: SignedMinor
  package let currency: Currency
  package let paidAt: Timestamp
  package let refundedAt: Timestamp?
}

/// A text of a receipt, as it is printed.
package struct ReceiptText: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...200 }
  package static var sample: String { "2026-000001" }
}
