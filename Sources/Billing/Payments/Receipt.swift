import Core
import Operations
import Postgres

extension WriteCall {
  /// Gives a payment the next number of a receipt, and who pays a letter with it: the patient, or who chose the
  /// subscription, where the address is verified.
  mutating func giveReceipt(for payment: Payment) async throws {
    let numbered = try await transaction.query(PaymentQueries.number(payment.id, in: payment.hospital))
    guard let row = numbered.first, let address = try row.decode("email", as: String?.self) else { return }
    try send(
      Mail(
        "receipt", to: EmailAddress(unchecked: address),
        values: [
          "hospital": .string(try row.decode("hospital")), "number": .string(try row.decode("receipt_number")),
          "amount": .string("\(payment.amount)"), "payment": .string(payment.id.text),
        ]))
  }
}
