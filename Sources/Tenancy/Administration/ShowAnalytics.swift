import Core
package import Operations
import Postgres

/// Counts the hospital's people, and how often they signed in, changed something or were refused, in a span of time.
package struct ShowAnalytics: ReadOperation {
  package let range: AnalyticsRange?

  package static let contract = Contract(
    name: "admin.getAnalytics", route: .get("/admin/analytics"), summary: "Count the hospital's people and their deeds",
    message: "The numbers.", access: .permission(.manageUsers), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .identity), cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<AdminAnalyticsKind> {
    let statement = AdministrationQueries.analytics(of: try call.hospital.id, days: (range ?? .week).days)
    return try Document(try await call.row(statement, else: "hospital"))
  }
}
