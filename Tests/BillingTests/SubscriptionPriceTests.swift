@testable import Billing
import Core
import Testing

/// The inventory's 3.4: 4999.99 a doctor and month; from 10, 20 and 50 doctors 10, 15 and 20 %; a year is twelve months
/// less 12 %; 2 % fee and 18 % tax on it.
@Suite struct SubscriptionPriceTests {
  private let rupee = Currency(unchecked: "INR")
  private func terms(fee: Int64 = 0, tax: Int64 = 0, yearly: Int64? = nil, pricing: PlanPricing = .perDoctor)
    -> PlanTerms
  {
    PlanTerms(
      pricing: pricing, maxDoctors: 100, monthly: Money(499_999, rupee), yearlyMinor: yearly, yearlyDiscount: 1200,
      volumeDiscounts: VolumeDiscounts([
        .init(fromDoctors: 10, points: 1000), .init(fromDoctors: 20, points: 1500),
        .init(fromDoctors: 50, points: 2000),
      ]), feePoints: fee, taxPoints: tax)
  }

  private func price(
    _ doctors: Int64, _ cycle: BillingCycle = .monthly, _ terms: PlanTerms? = nil, running: RunningTime? = nil
  ) throws -> SubscriptionPrice {
    try SubscriptionPrice(terms ?? self.terms(), doctors: doctors, cycle: cycle, running: running)
  }

  @Test(
    "213: volume discounts match to the cent",
    arguments: [
      (1, 499_999), (9, 4_499_991), (10, 4_499_991), (19, 8_549_983), (20, 8_499_983), (49, 20_824_958),
      (50, 19_999_960), (100, 39_999_920),
    ])
  func volume(doctors: Int64, total: Int64) throws {
    #expect(try price(doctors).total.minor == total)
  }

  @Test("213: a year costs twelve months less its discount, or what the plan says")
  func yearly() throws {
    #expect(try price(1, .yearly).total.minor == 5_279_989)
    // 59,999,880 less 10 % is 53,999,892, less 12 % is 47,519,904.96.
    #expect(try price(10, .yearly).total.minor == 47_519_905)
    #expect(try price(1, .yearly, terms(yearly: 4_000_000)).total.minor == 4_000_000)
    #expect(try price(30, .monthly, terms(pricing: .flat)).base.minor == 499_999)
  }

  @Test("213: days that are left are credited at the daily rate, never more than what follows costs")
  func proration() throws {
    let running = RunningTime(net: Money(4_499_991, rupee), days: 30, daysLeft: 10)
    let more = try price(20, running: running)
    #expect((more.credit.minor, more.total.minor) == (1_499_997, 8_499_983 - 1_499_997))
    let less = try price(1, running: running)
    #expect((less.credit.minor, less.total.minor) == (499_999, 0))
    let foreign = RunningTime(net: Money(4_499_991, Currency(unchecked: "EUR")), days: 30, daysLeft: 10)
    #expect(try price(20, running: foreign).credit.minor == 0)
    #expect(try RunningTime(net: Money(100, rupee), days: 0, daysLeft: 3).credit().minor == 0)
    #expect(try RunningTime(net: Money(100, rupee), days: 3, daysLeft: 9).credit().minor == 100)
  }

  @Test("213: the fee is of what is left to pay and its tax of the fee; less than one unit is never asked for")
  func fee() throws {
    let one = try price(1, .monthly, terms(fee: 200, tax: 1800))
    #expect((one.fee.minor, one.tax.minor, one.total.minor) == (10_000, 1800, 511_799))
    let running = RunningTime(net: Money(499_998, rupee), days: 30, daysLeft: 30)
    #expect(try price(1, running: running).total.minor == 100)
  }

  @Test("213: each bill adds up, whatever the terms")
  func adds() throws {
    for doctors in 1...100 as ClosedRange<Int64> {
      for cycle in BillingCycle.allCases {
        let it = try price(
          doctors, cycle, terms(fee: 237, tax: 1900),
          running: .init(
            net: Money(123_457, rupee), days: 31, daysLeft: doctors % 31))
        #expect(it.base.minor - it.volumeDiscount.minor - it.yearlyDiscount.minor == it.net.minor)
        #expect(it.net.minor - it.credit.minor + it.fee.minor + it.tax.minor == it.total.minor)
      }
    }
  }

  @Test("212: a subscription becomes what the table says and nothing else")
  func life() {
    let legal = SubscriptionLife.State.allCases.flatMap { from in
      SubscriptionLife.State.allCases.filter { SubscriptionLife.may(from, become: $0) }.map { "\(from) \($0)" }
    }
    #expect(Set(legal) == ["pending active", "pending cancelled", "active cancelled", "active expired"])
    #expect(SubscriptionLife.before(.active) == ["pending"])
  }
}
