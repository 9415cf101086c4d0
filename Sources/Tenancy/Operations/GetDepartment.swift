package import Core
package import Operations
import Postgres

/// Shows one active department.
package struct GetDepartment: ReadOperation {
  package let departmentId: DepartmentID

  package static let contract = Contract(
    name: "departments.get", route: .get("/departments/{departmentId}"), summary: "Show a department",
    message: "The department.", access: .permission(.viewDepartments), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .tenancy), cache: .lasts(.query, dependsOn: [.departments]))

  package func run(_ call: ReadCall) async throws -> Document<DepartmentKind> {
    let statement = TenancyQueries.department(departmentId, in: try call.hospital.id)
    return try Document(try await call.row(statement, else: "department"))
  }
}
