import Core
import Testing

@Suite struct MoneyTests {
  private let euro = Currency(unchecked: "EUR")
  private func euros(_ minor: Int64) -> Money { Money(minor, euro) }

  @Test("213: minor units have as many digits as ISO 4217 gives the currency")
  func digits() throws {
    let told = ["EUR": 2, "INR": 2, "JPY": 0, "KRW": 0, "KWD": 3, "TND": 3, "UYW": 4, "HUF": 2]
    for (code, digits) in told { #expect(try Currency(json: .string(code)).digits == digits) }
    for code in Currency.codes {
      let currency = Currency(unchecked: code)
      #expect((0..<currency.digits).reduce(1) { power, _ in power * 10 } == currency.minorPerUnit)
    }
    for wrong in ["eur", "EU", "XXX", "XAU", ""] {
      #expect(throws: InvalidValue.self) { try Currency(json: .string(wrong)) }
    }
  }

  @Test("213: an amount is written with its currency's digits")
  func written() {
    let told = [(1205, "EUR", "12.05 EUR"), (-5, "EUR", "-0.05 EUR"), (500, "JPY", "500 JPY"), (1, "KWD", "0.001 KWD")]
    for (minor, code, text) in told { #expect("\(Money(Int64(minor), Currency(unchecked: code)))" == text) }
  }

  @Test("213: arithmetic is exact or throws")
  func arithmetic() throws {
    #expect(throws: Money.Trouble.overflow) { try euros(.max).plus(euros(1)) }
    #expect(throws: Money.Trouble.overflow) { try euros(.min).minus(euros(1)) }
    #expect(throws: Money.Trouble.overflow) { try euros(.max).times(2) }
    #expect(throws: Money.Trouble.otherCurrency) { try euros(1).plus(Money(1, Currency(unchecked: "USD"))) }
    #expect(throws: Money.Trouble.badShare) { try euros(1).share(1, of: 0) }
    #expect(throws: Money.Trouble.badShare) { try euros(1).split(by: [0, 0]) }
    #expect(throws: Money.Trouble.badShare) { try euros(1).split(by: [1, -1]) }
    #expect(try euros(.max).share(.max, of: .max) == euros(.max))
    #expect(try [1, 2, 3, -1, -2].map { try euros($0).share(1, of: 2).minor } == [1, 1, 2, -1, -1])
  }

  @Test("213: parts add up to the whole, and none is a minor unit away from its exact share")
  func splits() throws {
    var random = SystemRandomNumberGenerator()
    #expect(try euros(100).split(by: [1, 1, 1]).map(\.minor) == [34, 33, 33])
    #expect(try euros(-100).split(by: [1, 1, 1]).map(\.minor) == [-34, -33, -33])
    #expect(try euros(5).split(by: [1, 0, 3]).map(\.minor) == [1, 0, 4])
    for _ in 0..<20_000 {
      let amount = Int64.random(in: -1_000_000_000_000...1_000_000_000_000, using: &random)
      let count = Int.random(in: 1...12, using: &random)
      var weights = (0..<count).map { _ in Int64.random(in: 0...1000, using: &random) }
      weights[0] += 1
      let whole = weights.reduce(0, +)
      let parts = try euros(amount).split(by: weights).map(\.minor)
      #expect(parts.reduce(0, +) == amount)
      for (part, weight) in zip(parts, weights) {
        // |part − amount × weight ⁄ whole| < 1, in whole numbers.
        #expect(abs(part * whole - amount * weight) < whole)
      }
    }
  }

  @Test("213: a share is the nearest minor unit")
  func shares() throws {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let amount = Int64.random(in: 0...1_000_000_000_000, using: &random)
      let whole = Int64.random(in: 1...100_000, using: &random)
      let part = Int64.random(in: 0...whole, using: &random)
      let share = try euros(amount).share(part, of: whole).minor
      #expect(abs(share * whole - amount * part) * 2 <= whole)
      #expect(try euros(-amount).share(part, of: whole).minor == -share)
    }
  }
}
