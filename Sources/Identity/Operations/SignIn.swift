package import Core
import NIOCore
package import Operations
import Postgres

/// Signs a person in with e-mail and password, and with a second factor where he has one; opens a session of seven days.
package struct SignIn: PreparedServedOperation {
  package let email: EmailAddress
  package let password: PasswordText
  /// The six digits that his second factor shows.
  package let code: OneTimeCode?
  /// One of his backup codes instead.
  package let backupCode: BackupCode?
  /// Of which domain he is; that of his address, or healthcare, where he does not say.
  package let domain: AuthDomain?

  package static let contract = Contract(
    name: "auth.signIn", route: .post("/sessions", status: 201),
    summary: "Sign in with e-mail and password", message: "Signed in.", access: .everyone,
    limit: RateLimit(
      "auth.signIn", max: 5, windowSeconds: 60, apart: { $0["email"]?.text?.trimmed.lowercased() ?? "" }),
    mode: .write, audit: .row(action: "login", category: .security), cache: .never, answersWithSecret: true,
    provesIdentity: true)

  package func prepare(_ call: Preparation, _ plugins: AuthPlugins) async throws -> PasswordPlugin.Verified {
    let plugin = try plugins.plugin(
      PasswordPlugin.self, named: PasswordPlugin.word, in: try plugins.domain(domain, of: email))
    return try await plugin.verify(
      PasswordPlugin.Proof(email: email, password: password, code: code, backupCode: backupCode), call)
  }

  package func run(_ call: inout WriteCall, _ who: PasswordPlugin.Verified) async throws -> OpenedSession {
    let opened = try await OpenedSession.open(
      for: who.user, email: email, name: who.name, in: who.hospital, isVerified: who.isVerified, &call)
    // After it was opened, since only the person himself may change his credentials.
    if let (old, new) = who.rehashed { call.transaction.queue(IdentityQueries.rehash(who.user, from: old, to: new)) }
    return opened
  }
}
