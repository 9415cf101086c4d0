package import Operations
import Postgres

/// Lists the organisations in which the caller works.
package struct ListOrganizations: ReadOperation {
  package let paging: Paging<OrganizationKind>

  package static let contract = Contract(
    name: "organization.list", aliases: ["organization.listUserOrganizations"], route: .get("/organizations"),
    summary: "List my organisations", message: "Your organisations.", access: .person, limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .tenancy), cache: .never)

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: ReadCall) async throws -> Documents<OrganizationKind> {
    try await call.documents(OrganizationQueries.organizations(of: try call.person), paging, named: "organizations")
  }
}
