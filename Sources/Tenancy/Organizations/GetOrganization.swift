package import Operations
import Postgres

/// Shows the organisation of the caller's hospital.
package struct GetOrganization: ReadOperation {
  package static let contract = Contract(
    name: "organization.get", route: .get("/organization"), summary: "Show the organisation",
    message: "The organisation.", access: .permission(.viewOrganization), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .tenancy), cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<OrganizationKind> {
    try Document(
      try await call.row(OrganizationQueries.organization(of: try call.hospital.id), else: "organisation"))
  }
}
