package import Core
package import Operations
import Postgres
import Tenancy

/// Adds a plan to the price list.
package struct CreatePlan: WriteOperation {
  package let planCode: PlanCode
  package let name: NameText
  package let description: ShortText?
  package let pricing: PlanPricing
  package let maxDoctors: DoctorCount
  package let currency: Currency
  package let monthlyPriceMinor: MinorAmount
  package let yearlyPriceMinor: MinorAmount?
  package let yearlyDiscountPoints: Points?
  package let volumeDiscounts: VolumeDiscounts?
  package let feePoints: Points?
  package let taxPoints: Points?
  package let features: [NameText]?

  package static let contract = Contract(
    name: "billing.createPlan", route: .post("/subscription-plans", status: 201), summary: "Add a plan",
    message: "The plan is on offer.", access: .permission(.managePlatform), limit: .standard, mode: .write,
    audit: .row(action: "plan_created", category: .billing), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<PlanKind> {
    try PlanQueries.mustReign(call.caller)
    guard let row = try await call.transaction.query(PlanQueries.insert(self)).first else {
      throw Failure(.conflict, "There is a plan of this code.", details: ["field": "planCode"])
    }
    call.audit.details = ["plan": .string(planCode.text)]
    return try Document(row)
  }
}

/// Changes a plan; what is not given stays as it is. Subscriptions keep the price that they were made for.
package struct UpdatePlan: WriteOperation {
  package let planCode: PlanCode
  package let version: BillingVersion
  package let name: NameText?
  package let description: ShortText?
  package let maxDoctors: DoctorCount?
  package let monthlyPriceMinor: MinorAmount?
  package let yearlyPriceMinor: MinorAmount?
  package let yearlyDiscountPoints: Points?
  package let volumeDiscounts: VolumeDiscounts?
  package let feePoints: Points?
  package let taxPoints: Points?
  package let features: [NameText]?
  package let isActive: Bool?

  package static let contract = Contract(
    name: "billing.updatePlan", route: .put("/subscription-plans/{planCode}"), summary: "Change a plan",
    message: "The plan is changed.", access: .permission(.managePlatform), limit: .standard, mode: .write,
    audit: .row(action: "plan_updated", category: .billing), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<PlanKind> {
    try PlanQueries.mustReign(call.caller)
    let found = try await call.transaction.query(PlanQueries.plan(planCode))
    guard !found.isEmpty else { throw Failure.notFound("plan") }
    guard let row = try await call.transaction.query(PlanQueries.update(self)).first else {
      throw Failure(.conflict, "The plan was changed meanwhile. Read it again.")
    }
    call.audit.details = ["plan": .string(planCode.text)]
    return try Document(row)
  }
}

/// Takes a plan off the price list. It stays as a row, since subscriptions name it.
package struct DeletePlan: WriteOperation {
  package let planCode: PlanCode

  package static let contract = Contract(
    name: "billing.deletePlan", route: .delete("/subscription-plans/{planCode}"), summary: "Take a plan off the list",
    message: "The plan is not on offer any more.", access: .permission(.managePlatform), limit: .standard, mode: .write,
    audit: .row(action: "plan_deleted", category: .billing), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<PlanKind> {
    try PlanQueries.mustReign(call.caller)
    guard let row = try await call.transaction.query(PlanQueries.remove(planCode)).first else {
      throw Failure.notFound("plan")
    }
    call.audit.details = ["plan": .string(planCode.text)]
    return try Document(row)
  }
}

extension PlanQueries {
  /// The price list is the installation's: a super administrator's by membership, not by a grant.
  static func mustReign(_ caller: Caller?) throws(Failure) {
    guard caller?.role == Role.superAdmin.rawValue else {
      throw Failure(.forbidden, "Only a super administrator writes the price list.")
    }
  }
}
