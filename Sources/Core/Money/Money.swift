/// An amount in the minor unit of its currency. Nothing is lost or made by arithmetic: it is exact, or it throws.
package struct Money: Sendable, Hashable {
  package let minor: Int64
  package let currency: Currency

  package init(_ minor: Int64, _ currency: Currency) {
    self.minor = minor
    self.currency = currency
  }

  package enum Trouble: Error, Sendable, Equatable {
    case overflow, otherCurrency
    /// Parts of nothing, or fewer than none.
    case badShare
  }

  package func plus(_ other: Money) throws(Trouble) -> Money {
    guard other.currency == currency else { throw .otherCurrency }
    let (sum, overflow) = minor.addingReportingOverflow(other.minor)
    guard !overflow else { throw .overflow }
    return Money(sum, currency)
  }

  package func minus(_ other: Money) throws(Trouble) -> Money {
    guard other.currency == currency else { throw .otherCurrency }
    let (rest, overflow) = minor.subtractingReportingOverflow(other.minor)
    guard !overflow else { throw .overflow }
    return Money(rest, currency)
  }

  package func times(_ count: Int64) throws(Trouble) -> Money {
    let (product, overflow) = minor.multipliedReportingOverflow(by: count)
    guard !overflow else { throw .overflow }
    return Money(product, currency)
  }

  /// `part` of `whole` parts of it, to the nearest minor unit, a half away from nought.
  package func share(_ part: Int64, of whole: Int64) throws(Trouble) -> Money {
    let (quotient, rest) = try divided(by: whole, times: part)
    let divisor = UInt64(whole)
    let (rounded, overflow) = quotient.addingReportingOverflow(rest >= divisor - rest ? 1 : 0)
    guard !overflow, let magnitude = Int64(exactly: rounded) else { throw .overflow }
    return Money(minor < 0 ? -magnitude : magnitude, currency)
  }

  /// Hundredths of a per cent of it.
  package func share(points: Int64) throws(Trouble) -> Money { try share(points, of: 10_000) }

  /// Parts in the proportion of the weights, whose sum is the amount: each is rounded down, and what is left goes minor
  /// unit by minor unit to the largest remainders, the earlier first among equals.
  package func split(by weights: [Int64]) throws(Trouble) -> [Money] {
    var whole: Int64 = 0
    for weight in weights {
      let (sum, overflow) = whole.addingReportingOverflow(weight)
      guard weight >= 0 else { throw .badShare }
      guard !overflow else { throw .overflow }
      whole = sum
    }
    guard whole > 0 else { throw .badShare }
    var parts: [(quotient: UInt64, rest: UInt64)] = []
    for weight in weights { parts.append(try divided(by: whole, times: weight)) }
    // Each part is at most the amount, and so is their sum.
    var left = minor.magnitude - parts.reduce(0) { $0 + $1.quotient }
    let order = parts.indices.sorted { (parts[$1].rest, $0) < (parts[$0].rest, $1) }
    for index in order where left > 0 {
      parts[index].quotient += 1
      left -= 1
    }
    return try parts.map { part throws(Trouble) in
      guard let magnitude = Int64(exactly: part.quotient) else { throw .overflow }
      return Money(minor < 0 ? -magnitude : magnitude, currency)
    }
  }

  /// What `times` times the amount's magnitude is in `whole` parts, and what is left over; in 128 bits on the way.
  private func divided(by whole: Int64, times part: Int64) throws(Trouble) -> (quotient: UInt64, rest: UInt64) {
    guard whole > 0, part >= 0 else { throw .badShare }
    let product = minor.magnitude.multipliedFullWidth(by: UInt64(part))
    guard product.high < UInt64(whole) else { throw .overflow }
    let (quotient, rest) = UInt64(whole).dividingFullWidth(product)
    return (quotient, rest)
  }
}

extension Money: CustomStringConvertible {
  /// `-12.05 EUR`, `500 JPY`.
  package var description: String {
    let unit = UInt64(currency.minorPerUnit)
    let sign = minor < 0 ? "-" : ""
    guard unit > 1 else { return "\(sign)\(minor.magnitude) \(currency.code)" }
    let digits = String(minor.magnitude % unit)
    let padding = String(repeating: "0", count: max(0, currency.digits - digits.utf8.count))
    return "\(sign)\(minor.magnitude / unit).\(padding)\(digits) \(currency.code)"
  }
}
