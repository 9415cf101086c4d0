package import Core
package import Operations
import Postgres

/// Signs a person in with the code that was sent to him, and his second factor where he has one.
package struct VerifyOTP: PreparedServedOperation {
  package let email: EmailAddress
  package let code: OneTimeCode
  /// The six digits that his second factor shows.
  package let secondFactorCode: OneTimeCode?
  package let backupCode: BackupCode?
  package let domain: AuthDomain?

  package static let contract = Contract(
    name: "auth.verifyOTP", route: .post("/auth/otp/verification", status: 201), summary: "Sign in with a code",
    message: "Signed in.", access: .everyone,
    limit: RateLimit(
      "auth.verifyOTP", max: 20, windowSeconds: 60, apart: { $0["email"]?.text?.trimmed.lowercased() ?? "" }),
    mode: .write, audit: .row(action: "login", category: .security), cache: .never, answersWithSecret: true,
    provesIdentity: true)

  package func prepare(_ call: Preparation, _ plugins: AuthPlugins) async throws -> EmailCodePlugin.Verified {
    let plugin = try plugins.plugin(
      EmailCodePlugin.self, named: EmailCodePlugin.word, in: try plugins.domain(domain, of: email))
    return try await plugin.verify(
      EmailCodePlugin.Proof(email: email, code: code, secondFactorCode: secondFactorCode, backupCode: backupCode), call)
  }

  package func run(_ call: inout WriteCall, _ who: EmailCodePlugin.Verified) async throws -> OpenedSession {
    try await OpenedSession.open(
      for: who.user, email: email, name: who.name, in: who.hospital, by: .code, isVerified: who.isVerified, &call)
  }
}
