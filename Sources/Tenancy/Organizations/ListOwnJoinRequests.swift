package import Operations
import Postgres

/// Lists where the caller has asked to be let in, newest first.
package struct ListOwnJoinRequests: ReadOperation {
  package let paging: Paging<OwnJoinRequestKind>

  package static let contract = Contract(
    name: "organization.listUserJoinRequests", route: .get("/my-join-requests"), summary: "List where I asked",
    message: "Your requests.", access: .person, limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .tenancy), cache: .never)

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: ReadCall) async throws -> Documents<OwnJoinRequestKind> {
    _ = try call.person
    return try await call.documents(JoinRequestQueries.mine, paging, named: "my join requests")
  }
}
