import Core
package import Operations
package import Postgres

/// Counts what the whole installation holds; for super administrators, by membership and not by a grant.
package struct ShowPlatform: ReadOperation {
  package static let contract = Contract(
    name: "admin.getDashboardStats", route: .get("/admin/platform"), summary: "Count the whole installation",
    message: "The numbers.", access: .permission(.managePlatform), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .system), cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<PlatformKind> {
    guard call.caller?.role == Role.superAdmin.rawValue else {
      throw Failure(.forbidden, "Only a super administrator sees the whole installation.")
    }
    return try Document(try await call.row(AdministrationQueries.platform, else: "installation"))
  }
}

package enum PlatformKind: Shaped {
  package static let shape = RowShape([
    .init("organizations", "n.organizations", .integer), .init("hospitals", "n.hospitals", .integer),
    .init("activeHospitals", "n.active_hospitals", .integer), .init("users", "n.users", .integer),
    .init("activeUsers", "n.active_users", .integer), .init("memberships", "n.memberships", .integer),
    .init("sessions", "n.sessions", .integer),
  ])
}
