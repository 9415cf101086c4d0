package import Core
package import Operations
import Postgres

/// Takes the second factor away: needs the password and the factor itself, or a backup code.
package struct DisableTwoFactor: PreparedOperation {
  package let password: PasswordText
  package let code: OneTimeCode?
  package let backupCode: BackupCode?

  package static let contract = Contract(
    name: "auth.disableTwoFactor", route: .delete("/two-factor"), summary: "Take my second factor away",
    message: "The second factor is off.", access: .signedIn,
    limit: RateLimit("auth.disableTwoFactor", max: 10, windowSeconds: 60), mode: .write,
    audit: .row(action: "second_factor_disabled", category: .security), cache: .never, answersWithSecret: true)

  package func prepare(_ call: Preparation) async throws {
    guard let user = call.caller?.userID else { throw Failure.signInFirst }
    try await OwnPassword.check(password, call)
    try await SecondFactor.check(code, or: backupCode, of: user, in: call)
  }

  package func run(_ call: inout WriteCall, _ prepared: Void) async throws -> RotatedSession {
    let user = try call.person
    try await call.transaction.query(FactorQueries.remove(of: user))
    call.transaction.queue(FactorQueries.removeBackupCodes(of: user))
    call.audit.resource("user", user)
    return try await call.rotateSession()
  }
}
