package import Core
package import Operations
import Postgres

/// Lists who waits in a department's line, the next first.
package struct ListLine: ReadOperation {
  package let paging: Paging<LineEntryKind>
  package let departmentId: DepartmentID

  package static let contract = Contract(
    name: "lines.list", route: .get("/departments/{departmentId}/line"), summary: "List who waits in a department",
    message: "Who waits.", access: .permission(.viewPatients), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .tenancy), cache: .never)

  private enum Key: String, CodingKey { case departmentId }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    departmentId = try decoder.container(keyedBy: Key.self).decode(DepartmentID.self, forKey: .departmentId)
  }

  package func run(_ call: ReadCall) async throws -> Documents<LineEntryKind> {
    let hospital = try call.hospital.id
    _ = try await call.row(TenancyQueries.departmentExists(departmentId, in: hospital), else: "department")
    return try await call.documents(
      LineQueries.list(of: departmentId, in: hospital), paging, named: "line \(departmentId.text)")
  }
}
