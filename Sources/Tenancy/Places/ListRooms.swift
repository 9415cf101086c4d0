package import Core
package import Operations
import Postgres

/// Lists the hospital's rooms by number, all or a department's.
package struct ListRooms: ReadOperation {
  package let paging: Paging<RoomKind>
  package let departmentId: DepartmentID?

  package static let contract = Contract(
    name: "rooms.getAll", route: .get("/rooms"), summary: "List the rooms", message: "The rooms.",
    access: .permission(.viewDepartments), limit: .standard, mode: .read, audit: .refusalsOnly(category: .tenancy),
    cache: .lasts(.query, dependsOn: [.rooms]))

  private enum Key: String, CodingKey { case departmentId }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    departmentId = try decoder.container(keyedBy: Key.self).decodeIfPresent(DepartmentID.self, forKey: .departmentId)
  }

  package func run(_ call: ReadCall) async throws -> Documents<RoomKind> {
    try await call.documents(
      PlaceQueries.rooms(in: try call.hospital.id, department: departmentId), paging,
      named: "rooms \(departmentId?.text ?? "")")
  }
}
