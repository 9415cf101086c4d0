package import Core
package import NIOCore
package import Operations
import Postgres

/// Lists the people of the caller's hospital by name, with totals.
package struct ListUsers: ReadOperation {
  package let paging: Paging<UserKind>
  package let search: NameText?
  package let role: AnyStaffRole?

  package static let contract = Contract(
    name: "users.getAll", aliases: ["organization.getMembers"], route: .get("/users"),
    summary: "List the people of the hospital", message: "The people.",
    access: .permission(.viewUsers), limit: .standard, mode: .read, audit: .refusalsOnly(category: .identity),
    cache: .never)

  private enum Key: String, CodingKey { case search, role }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    let input = try decoder.container(keyedBy: Key.self)
    search = try input.decodeIfPresent(NameText.self, forKey: .search)
    role = try input.decodeIfPresent(AnyStaffRole.self, forKey: .role)
  }

  package func run(_ call: ReadCall) async throws -> UserPage {
    let hospital = try call.hospital.id
    let filter = UserFilter(search: search?.text, roles: role.map { [$0.rawValue] })
    let place = try paging.place(in: "users \(filter.text)")
    let rows = try await call.rows(try UserQueries.list(filter, paging.shape, in: hospital, place))
    let total = try await call.rows(UserQueries.count(filter, in: hospital)).first?.decode("total", as: Int.self)
    let page = try place.page(rows: rows.count, total: total) {
      [try rows[place.limit - 1].decode("place", as: UserID.self).text]
    }
    return UserPage(people: Documents(rows, shape: paging.shape, page: page), page: page)
  }
}

/// `{users, total, page, totalPages}`, the form in which the seeds want the list of people.
package struct UserPage: Answer {
  let people: Documents<UserKind>
  private let info: PageInfo

  init(people: Documents<UserKind>, page: PageInfo) {
    self.people = people
    info = page
  }

  package static let schema = listing(Documents<UserKind>.schema)
  package static let narrowedSchema = listing(Documents<UserKind>.narrowedSchema)

  private static func listing(_ users: JSONSchema) -> JSONSchema {
    .object([
      .init("users", users), .init("total", .integer(0...Int64.max)),
      .init("page", .integer(1...Int64.max)), .init("limit", .integer(1...100)),
      .init("totalPages", .integer(0...Int64.max)), .init("next", JSONSchema.string().nullable),
    ])
  }

  package func write(into buffer: inout ByteBuffer) throws {
    buffer.writeStaticString("{\"users\":")
    try people.write(into: &buffer)
    let pages = (info.total + info.limit - 1) / info.limit
    buffer.writeString(
      ",\"total\":\(info.total),\"page\":\(info.offset / info.limit + 1),\"limit\":\(info.limit)"
        + ",\"totalPages\":\(pages),\"next\":")
    buffer.writeJSON(info.next.map { .string($0.text) } ?? .null)
    buffer.writeStaticString("}")
  }
}
