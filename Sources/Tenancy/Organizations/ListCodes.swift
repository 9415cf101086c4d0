package import Operations
import Postgres

/// Lists the hospital's join codes, newest first.
package struct ListCodes: ReadOperation {
  package let paging: Paging<JoinCodeKind>

  package static let contract = Contract(
    name: "organization.listCodes", route: .get("/join-codes"), summary: "List the join codes",
    message: "The codes.", access: .permission(.inviteMembers), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .tenancy), cache: .never)

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: ReadCall) async throws -> Documents<JoinCodeKind> {
    try await call.documents(InvitationQueries.codes(in: try call.hospital.id), paging, named: "join codes")
  }
}
