package import Operations
import Postgres

/// Lists the hospital's invitations, newest first.
package struct ListInvitations: ReadOperation {
  package let paging: Paging<InvitationKind>

  package static let contract = Contract(
    name: "organization.listInvitations", route: .get("/invitations"), summary: "List the invitations",
    message: "The invitations.", access: .permission(.inviteMembers), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .tenancy), cache: .never)

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: ReadCall) async throws -> Documents<InvitationKind> {
    try await call.documents(InvitationQueries.invitations(in: try call.hospital.id), paging, named: "invitations")
  }
}
