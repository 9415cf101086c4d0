package import Operations
import Postgres

/// Lists the hospital's active departments by name.
package struct ListDepartments: ReadOperation {
  package let paging: Paging<DepartmentKind>

  package static let contract = Contract(
    name: "hospitals.getDepartments", aliases: ["healthcare.getDepartments"], route: .get("/departments"),
    summary: "List the departments", message: "The departments.", access: .permission(.viewDepartments),
    limit: .standard, mode: .read, audit: .refusalsOnly(category: .tenancy), cache: .never)

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: ReadCall) async throws -> Documents<DepartmentKind> {
    try await call.documents(TenancyQueries.departments(in: try call.hospital.id), paging, named: "departments")
  }
}
