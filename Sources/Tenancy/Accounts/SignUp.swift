package import Core
package import Identity
import NIOCore
package import Operations
import Postgres

/// Makes an account with e-mail and password and signs the person in. With a code, an invitation or an organisation of
/// his own he belongs to a hospital from the first moment; without, one takes him in later.
package struct SignUp: PreparedOperation {
  package let email: EmailAddress
  package let password: NewPassword
  package let name: NameText
  package let organizationCode: JoinCode?
  package let invitationToken: InvitationToken?
  package let organizationName: TenantName?
  package let acceptTerms: Accepted
  package let acceptPrivacy: Accepted

  package static let contract = Contract(
    name: "auth.signUp", route: .post("/auth/sign-up", status: 201), summary: "Make an account",
    message: "Your account is made.", access: .everyone, limit: RateLimit("auth.signUp", max: 3, windowSeconds: 60),
    mode: .write, audit: .row(action: "sign_up", category: .security), cache: .never, answersWithSecret: true)

  private var entrance: Entrance {
    get throws(Failure) {
      try Entrance(code: organizationCode, invitation: invitationToken, organization: organizationName)
    }
  }

  package func prepare(_ call: Preparation) async throws -> String {
    _ = try entrance
    return try await call.secret(of: password, for: email)
  }

  package func run(_ call: inout WriteCall, _ secret: String) async throws -> OpenedSession {
    let user = UserID.new(at: call.now)
    try await Accounts.make(user, email: email, name: name, secret: secret, &call)
    let note = call.audit
    call.transaction.queue(TenancyQueries.become(user))
    let hospital = try await entrance.open(&call)
    call.audit.resourceType = note.resourceType
    call.audit.resourceID = note.resourceID
    return try await OpenedSession.open(for: user, email: email, name: name.text, in: hospital, &call)
  }
}
