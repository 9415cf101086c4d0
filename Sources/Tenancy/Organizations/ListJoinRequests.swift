import Core
package import Operations
import Postgres

/// Lists who asks to be let into the hospital, newest first.
package struct ListJoinRequests: ReadOperation {
  package enum Status: String, ChoicePrimitive { case pending, approved, rejected, cancelled }

  package let paging: Paging<JoinRequestKind>
  package let status: Status?

  package static let contract = Contract(
    name: "organization.listJoinRequests", route: .get("/join-requests"), summary: "List who asks to be let in",
    message: "The requests.", access: .permission(.inviteMembers), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .tenancy), cache: .never)

  private enum Key: String, CodingKey { case status }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    status = try decoder.container(keyedBy: Key.self).decodeIfPresent(Status.self, forKey: .status)
  }

  package func run(_ call: ReadCall) async throws -> Documents<JoinRequestKind> {
    try await call.documents(
      JoinRequestQueries.requests(in: try call.hospital.id, status: status?.rawValue), paging,
      named: "join requests \(status?.rawValue ?? "")")
  }
}
