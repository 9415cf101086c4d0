package import Core
package import Operations
import Postgres

/// Lists who is on duty, by role and name; at most 500 people.
package struct ListStaffOnDuty: ReadOperation {
  package let departmentId: DepartmentID?

  package static let contract = Contract(
    name: "healthcare.getOnDutyStaff", route: .get("/duty/staff"), summary: "Who is on duty",
    message: "The staff on duty.", access: .permission(.viewShiftStatus), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .tenancy), cache: .never)

  package func run(_ call: ReadCall) async throws -> Documents<StaffKind> {
    let statement = TenancyQueries.staffOnDuty(in: try call.hospital.id, department: departmentId)
    return Documents(try await call.rows(statement), page: nil)
  }
}
