package import Core
package import Operations
import Postgres

/// Shows to whoever holds the link of an invitation where it leads; the token stands in the body and in no URL.
package struct ShowInvitation: WriteOperation {
  package let token: InvitationToken

  package static let contract = Contract(
    name: "organization.showInvitation", route: .post("/invitations/preview"),
    summary: "Show where an invitation leads",
    message: "The invitation.", access: .everyone, limit: RateLimit("invitation", max: 20, windowSeconds: 60),
    mode: .write, audit: .refusalsOnly(category: .security), cache: .never)

  package struct Output: Record {
    package let hospitalName: TenantName
    package let organizationName: TenantName
    package let email: EmailAddress
    package let role: NameText
    /// `open`, `accepted`, `revoked` or `expired`.
    package let state: NameText
    package let expiresAt: Timestamp
  }

  package func run(_ call: inout WriteCall) async throws -> Output {
    let rows = try await call.transaction.query(InvitationQueries.invitation(of: token))
    guard let row = rows.first else { throw Failure.notFound("invitation") }
    return Output(
      hospitalName: TenantName(unchecked: try row.decode("hospital_name")),
      organizationName: TenantName(unchecked: try row.decode("organization_name")),
      email: EmailAddress(unchecked: try row.decode("email")), role: NameText(unchecked: try row.decode("role")),
      state: NameText(unchecked: try row.decode("state")), expiresAt: try row.decode("expires_at"))
  }
}
