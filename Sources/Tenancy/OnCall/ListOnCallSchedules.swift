package import Core
package import Operations
import Postgres

/// Lists the hospital's schedules on call by name, all or a department's.
package struct ListOnCallSchedules: ReadOperation {
  package let paging: Paging<OnCallScheduleKind>
  package let departmentId: DepartmentID?

  package static let contract = Contract(
    name: "onCall.listSchedules", route: .get("/on-call-schedules"), summary: "List the schedules on call",
    message: "The schedules.", access: .permission(.viewSchedule), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .tenancy), cache: .never)

  private enum Key: String, CodingKey { case departmentId }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    departmentId = try decoder.container(keyedBy: Key.self).decodeIfPresent(DepartmentID.self, forKey: .departmentId)
  }

  package func run(_ call: ReadCall) async throws -> Documents<OnCallScheduleKind> {
    try await call.documents(
      OnCallQueries.list(in: try call.hospital.id, department: departmentId), paging,
      named: "on call \(departmentId?.text ?? "")")
  }
}
