package import Operations
import Postgres

/// Lists the hospital's active departments by name; at most 500.
package struct ListDepartments: ReadOperation {
  package static let contract = Contract(
    name: "hospitals.getDepartments", aliases: ["healthcare.getDepartments"], route: .get("/departments"),
    summary: "List the departments", message: "The departments.", access: .permission(.viewDepartments),
    limit: .standard, mode: .read, audit: .refusalsOnly(category: .tenancy), cache: .never)

  package func run(_ call: ReadCall) async throws -> Documents<DepartmentKind> {
    Documents(try await call.rows(TenancyQueries.departments(in: try call.hospital.id)), page: nil)
  }
}
