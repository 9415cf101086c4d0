package import Core
package import Operations
import Postgres

/// Lists who is on duty, by role and name.
package struct ListStaffOnDuty: ReadOperation {
  package let paging: Paging<StaffKind>
  package let departmentId: DepartmentID?

  package static let contract = Contract(
    name: "healthcare.getOnDutyStaff", route: .get("/duty/staff"), summary: "Who is on duty",
    message: "The staff on duty.", access: .permission(.viewShiftStatus), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .tenancy), cache: .never)

  private enum Key: String, CodingKey { case departmentId }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    let input = try decoder.container(keyedBy: Key.self)
    departmentId = try input.decodeIfPresent(DepartmentID.self, forKey: .departmentId)
  }

  package func run(_ call: ReadCall) async throws -> Documents<StaffKind> {
    let list = TenancyQueries.staffOnDuty(in: try call.hospital.id, department: departmentId)
    return try await call.documents(list, paging, named: "staff on duty \(departmentId?.text ?? "")")
  }
}
