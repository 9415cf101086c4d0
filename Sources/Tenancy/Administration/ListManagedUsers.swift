package import Core
package import Operations
import Postgres

/// Lists the people of the caller's hospital for its administrators, narrowed and in the wanted order.
package struct ListManagedUsers: ReadOperation {
  package let paging: Paging<ManagedUserKind>
  package let search: NameText?
  package let role: AnyStaffRole?
  package let status: UserStatus?
  package let sortBy: UserSort?
  package let sortOrder: SortDirection?

  package static let contract = Contract(
    name: "admin.listUsers", route: .get("/admin/users"), summary: "List the people of the hospital to manage them",
    message: "The people.", access: .permission(.manageUsers), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .identity), cache: .never)

  private enum Key: String, CodingKey { case search, role, status, sortBy, sortOrder }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    let input = try decoder.container(keyedBy: Key.self)
    search = try input.decodeIfPresent(NameText.self, forKey: .search)
    role = try input.decodeIfPresent(AnyStaffRole.self, forKey: .role)
    status = try input.decodeIfPresent(UserStatus.self, forKey: .status)
    sortBy = try input.decodeIfPresent(UserSort.self, forKey: .sortBy)
    sortOrder = try input.decodeIfPresent(SortDirection.self, forKey: .sortOrder)
  }

  package func run(_ call: ReadCall) async throws -> Documents<ManagedUserKind> {
    let sort = sortBy ?? .name
    let list = AdministrationQueries.list(
      search: search?.text, role: role?.rawValue, status: status, in: try call.hospital.id, by: sort,
      isFalling: sortOrder == .desc)
    let filter = [search?.text, role?.rawValue, status?.rawValue, sort.rawValue, sortOrder?.rawValue]
    return try await call.documents(
      list, paging, named: "managed users \(filter.map { $0 ?? "" }.joined(separator: "\n"))")
  }
}
