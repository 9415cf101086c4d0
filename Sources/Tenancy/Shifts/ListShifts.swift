package import Core
package import Operations
import Postgres

/// Lists the planned shifts of a span of time, of everybody, of one person or of a department.
package struct ListShifts: ReadOperation {
  package let paging: Paging<ShiftKind>
  package let from: Timestamp?
  package let to: Timestamp?
  package let userId: UserID?
  package let departmentId: DepartmentID?

  package static let contract = Contract(
    name: "shifts.list", route: .get("/shifts"), summary: "List the planned shifts", message: "The shifts.",
    access: .permission(.viewSchedule), limit: .standard, mode: .read, audit: .refusalsOnly(category: .tenancy),
    cache: .never)

  private enum Key: String, CodingKey { case from, to, userId, departmentId }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    let input = try decoder.container(keyedBy: Key.self)
    from = try input.decodeIfPresent(Timestamp.self, forKey: .from)
    to = try input.decodeIfPresent(Timestamp.self, forKey: .to)
    userId = try input.decodeIfPresent(UserID.self, forKey: .userId)
    departmentId = try input.decodeIfPresent(DepartmentID.self, forKey: .departmentId)
    if let from, let to, to <= from {
      (decoder as? any InputNoting)?.note("to", "must be after from", rule: "order")
    }
  }

  package func run(_ call: ReadCall) async throws -> Documents<ShiftKind> {
    let filter = [from?.rfc3339, to?.rfc3339, userId?.text, departmentId?.text].map { $0 ?? "" }
    return try await call.documents(
      ShiftQueries.list(self, in: try call.hospital.id), paging, named: "shifts \(filter.joined(separator: " "))")
  }
}
