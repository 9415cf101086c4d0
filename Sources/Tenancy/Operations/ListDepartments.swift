package import Operations
import Postgres

/// Lists the hospital's departments by name: those in use, or all of them for who takes one back into use.
package struct ListDepartments: ReadOperation {
  package let paging: Paging<DepartmentKind>
  package let includeInactive: Bool?

  package static let contract = Contract(
    name: "hospitals.getDepartments", aliases: ["healthcare.getDepartments"], route: .get("/departments"),
    summary: "List the departments", message: "The departments.", access: .permission(.viewDepartments),
    limit: .standard, mode: .read, audit: .refusalsOnly(category: .tenancy),
    cache: .lasts(.query, dependsOn: [.departments]))

  private enum Key: String, CodingKey { case includeInactive }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    includeInactive = try decoder.container(keyedBy: Key.self).decodeIfPresent(Bool.self, forKey: .includeInactive)
  }

  package func run(_ call: ReadCall) async throws -> Documents<DepartmentKind> {
    let all = includeInactive ?? false
    let list = TenancyQueries.departments(in: try call.hospital.id, includeInactive: all)
    return try await call.documents(list, paging, named: all ? "all departments" : "departments")
  }
}
