package import Core

/// Which payments a list shows; paid and unpaid are the desk's words for completed and pending.
package enum PaymentStatus: String, ChoicePrimitive {
  case pending, processing, completed, failed, refunded
}

/// How somebody paid at the desk.
package enum DeskMethod: String, ChoicePrimitive {
  case cash, upi, card, bank
}

/// By which a payment is known to who pays: the same again is the same payment, and never a second one.
package struct TransactionID: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 8...100 }
  package static var sample: String { "order-2026-000001" }
  package static var pattern: String? { PlainToken.pattern }
  package static func normalise(_ text: String) throws(InvalidValue) -> String { try PlainToken.check(text) }
}

/// A payment service's name for a card, an order or a payment; no card number.
package struct ServiceToken: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 3...100 }
  package static var sample: String { "pm_card_visa" }
  package static var pattern: String? { PlainToken.pattern }
  package static func normalise(_ text: String) throws(InvalidValue) -> String { try PlainToken.check(text) }
}

enum PlainToken {
  static let pattern = "^[A-Za-z0-9_-]+$"
  static func check(_ text: String) throws(InvalidValue) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
      default: false
      }
    }
    guard isPlain else { throw InvalidValue("must be letters, digits, _ and -", rule: "pattern") }
    return text
  }
}

/// Sixty-four hexadecimal digits: HMAC-SHA256.
package struct HexSignature: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 64...64 }
  package static var sample: String { String(repeating: "0", count: 64) }
  package static var pattern: String? { "^[0-9a-f]+$" }
  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    let isHex = text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    guard isHex else { throw InvalidValue("must be small hexadecimal digits", rule: "pattern") }
    return text
  }
}
