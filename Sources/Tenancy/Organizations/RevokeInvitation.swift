import Core
package import Operations
import Postgres

/// Takes an invitation back: its link leads nowhere from then on. Who has come in by it stays.
package struct RevokeInvitation: WriteOperation {
  package let invitationId: InvitationID

  package static let contract = Contract(
    name: "organization.revokeInvitation", route: .delete("/invitations/{invitationId}"),
    summary: "Take an invitation back", message: "The invitation is taken back.", access: .permission(.inviteMembers),
    limit: .standard, mode: .write, audit: .row(action: "invitation_revoked", category: .security), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<InvitationKind> {
    let rows = try await call.transaction.query(InvitationQueries.revoke(invitationId, in: try call.hospital.id))
    guard let row = rows.first else { throw Failure.notFound("invitation") }
    call.audit.resource("invitation", invitationId)
    return try Document(row)
  }
}
