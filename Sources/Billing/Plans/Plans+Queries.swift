import Core
import Operations
package import Postgres

/// The statements of the price list.
enum PlanQueries {
  static let offered = ShortList(
    "subscription_plans p WHERE p.is_active", order: [.init("p.name", "text"), .init("p.code", "text")])

  static func plan(_ code: PlanCode) -> SQL {
    "SELECT \(sql: PlanKind.shape.sqlColumns) FROM subscription_plans p WHERE p.code = \(code.text)"
  }

  static func insert(_ new: CreatePlan) -> SQL {
    """
    INSERT INTO subscription_plans AS p (code, name, description, pricing, max_doctors, currency, monthly_minor,
      yearly_minor, yearly_discount, volume_discounts, fee_points, tax_points, features)
    VALUES (\(new.planCode.text), \(new.name.text), \(new.description?.text), \(new.pricing.rawValue),
      \(new.maxDoctors.value), \(new.currency.code), \(new.monthlyPriceMinor.value), \(new.yearlyPriceMinor?.value),
      \(new.yearlyDiscountPoints?.value ?? 0), \(new.volumeDiscounts?.stored ?? JSONB(text: "[]")),
      \(new.feePoints?.value ?? 0), \(new.taxPoints?.value ?? 0), \(stored(new.features) ?? JSONB(text: "[]")))
    ON CONFLICT (code) DO NOTHING RETURNING \(sql: PlanKind.shape.sqlColumns)
    """
  }

  static func update(_ edit: UpdatePlan) -> SQL {
    """
    UPDATE subscription_plans p SET name = COALESCE(\(edit.name?.text), p.name),
      description = COALESCE(\(edit.description?.text), p.description),
      max_doctors = COALESCE(\(edit.maxDoctors?.value)::integer, p.max_doctors),
      monthly_minor = COALESCE(\(edit.monthlyPriceMinor?.value), p.monthly_minor),
      yearly_minor = COALESCE(\(edit.yearlyPriceMinor?.value), p.yearly_minor),
      yearly_discount = COALESCE(\(edit.yearlyDiscountPoints?.value)::integer, p.yearly_discount),
      volume_discounts = COALESCE(\(edit.volumeDiscounts?.stored), p.volume_discounts),
      fee_points = COALESCE(\(edit.feePoints?.value)::integer, p.fee_points),
      tax_points = COALESCE(\(edit.taxPoints?.value)::integer, p.tax_points),
      features = COALESCE(\(stored(edit.features)), p.features), is_active = COALESCE(\(edit.isActive), p.is_active),
      version = p.version + 1
    WHERE p.code = \(edit.planCode.text) AND p.version = \(edit.version.value)
    RETURNING \(sql: PlanKind.shape.sqlColumns)
    """
  }

  static func remove(_ code: PlanCode) -> SQL {
    """
    UPDATE subscription_plans p SET is_active = false, version = p.version + 1
    WHERE p.code = \(code.text) AND p.is_active RETURNING \(sql: PlanKind.shape.sqlColumns)
    """
  }

  /// The terms of a plan on offer.
  static func terms(_ code: PlanCode) -> SQL {
    """
    SELECT p.pricing, p.max_doctors, p.currency, p.monthly_minor, p.yearly_minor, p.yearly_discount, p.volume_discounts,
      p.fee_points, p.tax_points
    FROM subscription_plans p WHERE p.code = \(code.text) AND p.is_active
    """
  }

  private static func stored(_ features: [NameText]?) -> JSONB? {
    features.map { JSONB(text: JSONValue.array($0.map(\.json)).encoded) }
  }
}

package enum PlanKind: Shaped {
  package static let shape = RowShape([
    .init("planCode", "p.code", .string), .init("name", "p.name", .string),
    .init("description", "p.description", .string, nullable: true), .init("pricing", "p.pricing", .string),
    .init("maxDoctors", "p.max_doctors", .integer), .init("currency", "p.currency", .string),
    .init("monthlyPriceMinor", "p.monthly_minor", .integer),
    .init("yearlyPriceMinor", "p.yearly_minor", .integer, nullable: true),
    .init("yearlyDiscountPoints", "p.yearly_discount", .integer),
    .init("volumeDiscounts", "p.volume_discounts", .json, schema: VolumeDiscounts.schema),
    .init("feePoints", "p.fee_points", .integer), .init("taxPoints", "p.tax_points", .integer),
    .init("features", "p.features", .json, schema: [NameText].schema), .init("isActive", "p.is_active", .boolean),
    .init("version", "p.version", .integer),
  ])
}
