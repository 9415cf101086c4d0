package import Core
package import Operations
import Postgres

/// Takes a department out of use: no new alert, person or room goes there. Nothing of it is deleted.
package struct DeleteDepartment: WriteOperation {
  package let departmentId: DepartmentID

  package static let contract = Contract(
    name: "departments.delete", route: .delete("/departments/{departmentId}"), summary: "Take a department out of use",
    message: "The department is out of use.", access: .permission(.manageDepartments),
    limit: .standard, mode: .write, audit: .row(action: "department_deleted", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<DepartmentKind> {
    let rows = try await call.transaction.query(PlaceQueries.remove(departmentId, in: try call.hospital.id))
    guard let row = rows.first else { throw Failure.notFound("department") }
    call.audit.resource("department", departmentId)
    return try Document(row)
  }
}
