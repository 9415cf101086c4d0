import Core
package import FoundationEssentials
package import Operations

/// What billing asks of those who book: billing knows no appointments.
package struct PaidBookings: Sendable {
  /// Makes an appointment firm that was paid; false where it is not to be had any more.
  package let confirm: @Sendable (_ appointment: UUID, inout WriteCall) async throws -> Bool
  /// Gives its time back and cancels it; nothing where it is over already.
  package let cancel: @Sendable (_ appointment: UUID, inout WriteCall) async throws -> Void

  package init(
    confirm: @escaping @Sendable (UUID, inout WriteCall) async throws -> Bool,
    cancel: @escaping @Sendable (UUID, inout WriteCall) async throws -> Void
  ) {
    self.confirm = confirm
    self.cancel = cancel
  }
}

/// The service by which payments are made; connected once the house has opened its ways out.
package struct PaymentServices: Sendable {
  package let provider: PaymentProvider?

  package init(_ provider: PaymentProvider?) { self.provider = provider }

  /// Where to pay, or the desk alone.
  func mustHave() throws(Failure) -> PaymentProvider {
    guard let provider else { throw Failure(.conflict, "No payment service is set up here: pay at the desk.") }
    return provider
  }
}
