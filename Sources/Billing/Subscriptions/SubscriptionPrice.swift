import Core
import NIOCore
import Postgres

/// The terms by which a plan is paid, as they stood when somebody asked.
struct PlanTerms: Sendable {
  let pricing: PlanPricing
  let maxDoctors: Int64
  let monthly: Money
  let yearlyMinor: Int64?
  let yearlyDiscount: Int64
  let volumeDiscounts: VolumeDiscounts
  let feePoints: Int64
  let taxPoints: Int64
}

extension PlanTerms {
  init(_ row: Row) throws {
    let currency = Currency(unchecked: try row.decode("currency"))
    guard let pricing = PlanPricing(rawValue: try row.decode("pricing")) else { throw Failure.internalFault }
    self.pricing = pricing
    maxDoctors = Int64(try row.decode("max_doctors", as: Int.self))
    monthly = Money(try row.decode("monthly_minor"), currency)
    yearlyMinor = try row.decode("yearly_minor", as: Int64?.self)
    yearlyDiscount = Int64(try row.decode("yearly_discount", as: Int.self))
    let stored = try row.decode("volume_discounts", as: JSONB.self)
    volumeDiscounts = try VolumeDiscounts(json: try JSONParser.parse(Array(stored.bytes.readableBytesView)))
    feePoints = Int64(try row.decode("fee_points", as: Int.self))
    taxPoints = Int64(try row.decode("tax_points", as: Int.self))
  }
}

/// What is left of a subscription that runs: it is credited when another one follows.
struct RunningTime: Sendable {
  /// What the whole time cost, without fee and tax.
  let net: Money
  let days: Int64
  /// Whole days that were not begun.
  let daysLeft: Int64

  /// The daily rate of each day left.
  func credit() throws -> Money {
    guard days > 0 else { return Money(0, net.currency) }
    return try net.share(min(max(daysLeft, 0), days), of: days)
  }
}

/// What a subscription costs, line by line; each line is rounded to the minor unit by itself, so that a bill adds up.
struct SubscriptionPrice: Sendable, Equatable {
  let base: Money
  let volumeDiscount: Money
  let yearlyDiscount: Money
  /// base − both discounts.
  let net: Money
  let credit: Money
  let fee: Money
  let tax: Money
  /// net − credit + fee + tax; where something is to pay at all, at least one unit of the currency.
  let total: Money

  init(_ terms: PlanTerms, doctors: Int64, cycle: BillingCycle, running: RunningTime? = nil) throws(Money.Trouble) {
    let currency = terms.monthly.currency
    let nothing = Money(0, currency)
    let units = terms.pricing == .perDoctor ? doctors : 1
    var perUnit = terms.monthly
    if cycle == .yearly {
      perUnit = if let yearly = terms.yearlyMinor { Money(yearly, currency) } else { try perUnit.times(12) }
    }
    base = try perUnit.times(units)
    volumeDiscount = try base.share(points: terms.volumeDiscounts.points(for: doctors))
    let lessVolume = try base.minus(volumeDiscount)
    let isReckoned = cycle == .yearly && terms.yearlyMinor == nil
    yearlyDiscount = isReckoned ? try lessVolume.share(points: terms.yearlyDiscount) : nothing
    net = try lessVolume.minus(yearlyDiscount)
    var credit = nothing
    if let running, running.net.currency == currency, let left = try? running.credit() {
      credit = Money(min(left.minor, net.minor), currency)
    }
    self.credit = credit
    let due = try net.minus(credit)
    fee = try due.share(points: terms.feePoints)
    tax = try fee.share(points: terms.taxPoints)
    let total = try due.plus(fee).plus(tax)
    self.total = total.minor == 0 ? nothing : Money(max(total.minor, currency.minorPerUnit), currency)
  }
}
