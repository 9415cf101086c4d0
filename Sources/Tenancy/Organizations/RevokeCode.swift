import Core
package import Operations
import Postgres

/// Takes a join code back: it lets nobody in any more.
package struct RevokeCode: WriteOperation {
  package let joinCodeId: JoinCodeID

  package static let contract = Contract(
    name: "organization.revokeCode", route: .delete("/join-codes/{joinCodeId}"), summary: "Take a join code back",
    message: "The code is taken back.", access: .permission(.inviteMembers), limit: .standard, mode: .write,
    audit: .row(action: "join_code_revoked", category: .security), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<JoinCodeKind> {
    let rows = try await call.transaction.query(InvitationQueries.revokeCode(joinCodeId, in: try call.hospital.id))
    guard let row = rows.first else { throw Failure.notFound("code") }
    call.audit.resource("join_code", joinCodeId)
    return try Document(row)
  }
}
