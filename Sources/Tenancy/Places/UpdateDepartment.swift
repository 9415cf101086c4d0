package import Core
package import Operations
import Postgres

/// Changes a department, or takes one back into use; what is not given stays as it is.
package struct UpdateDepartment: WriteOperation {
  package let departmentId: DepartmentID
  package let version: PlaceVersion
  package let name: NameText?
  package let code: DepartmentCode?
  package let locationId: LocationID?
  package let isActive: Bool?

  package static let contract = Contract(
    name: "departments.update", route: .patch("/departments/{departmentId}"), summary: "Change a department",
    message: "The department is changed.", access: .permission(.manageDepartments),
    limit: .standard, mode: .write, audit: .row(action: "department_updated", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<DepartmentKind> {
    let hospital = try call.hospital.id
    try await call.transaction.mustHave(locationId, in: hospital)
    let found = try await call.transaction.query(PlaceQueries.anyDepartment(departmentId, in: hospital))
    let rows = try await call.transaction.query(PlaceQueries.update(self, in: hospital))
    guard let row = rows.first else { throw Failure.unchanged("department", exists: !found.isEmpty) }
    call.audit.resource("department", departmentId)
    return try Document(row)
  }
}
