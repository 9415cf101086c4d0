import Core

/// What goes for those who book for themselves.
package struct BookingTerms: Sendable {
  /// For how long a time with a price is held until it is paid; nil where payments are taken at the desk alone.
  package let unpaidSeconds: Int?

  package init(unpaidSeconds: Int?) { self.unpaidSeconds = unpaidSeconds }

  /// As `terms` say, but for who pays at the desk.
  package func unpaidSeconds(for place: PaymentPlace?) -> Int? { place == .desk ? nil : unpaidSeconds }
}

/// Where one pays for what has a price: by the payment service, where there is one, or at the desk.
package enum PaymentPlace: String, ChoicePrimitive { case online, desk }
