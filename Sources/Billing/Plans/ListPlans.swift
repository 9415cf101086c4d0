import Core
package import Operations
import Postgres

/// Lists the plans on offer; for everybody, as a price list is.
package struct ListPlans: ReadOperation {
  package let paging: Paging<PlanKind>

  package static let contract = Contract(
    name: "billing.getPlans", route: .get("/subscription-plans"), summary: "List the plans on offer",
    message: "The plans.", access: .everyone, limit: .standard, mode: .read, audit: .refusalsOnly(category: .billing),
    cache: .lasts(.plan, dependsOn: [.subscriptionPlans], for: .everybody))

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: ReadCall) async throws -> Documents<PlanKind> {
    try await call.documents(PlanQueries.offered, paging, named: "plans")
  }
}
