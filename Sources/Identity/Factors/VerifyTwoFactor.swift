package import Core
package import Operations
import Postgres
import Secrets

/// Confirms the second factor with its first code; from then on sign-in asks for it.
///
/// The session goes on under another token and all others end: a thief who came before the factor stays out.
package struct VerifyTwoFactor: PreparedOperation {
  package let code: OneTimeCode

  package static let contract = Contract(
    name: "auth.verifyTwoFactor", route: .post("/two-factor/confirmation", status: 201),
    summary: "Confirm my second factor", message: "The second factor is on. Keep the backup codes.",
    access: .signedIn, limit: RateLimit("auth.verifyTwoFactor", max: 10, windowSeconds: 60), mode: .write,
    audit: .row(action: "second_factor_enabled", category: .security), cache: .never, answersWithSecret: true)

  package struct Output: Record {
    /// Shown only now; each is good once.
    package let backupCodes: [BackupCode]
    package let token: TokenText
    package let expiresAt: Timestamp
    package var session: SessionChange? { .begins(token: token.text, seconds: 7 * 86_400) }
  }

  package func prepare(_ call: Preparation) async throws {
    guard let user = call.caller?.userID else { throw Failure.signInFirst }
    try await SecondFactor.check(code, or: nil, of: user, in: call, unconfirmed: true)
  }

  package func run(_ call: inout WriteCall, _ prepared: Void) async throws -> Output {
    let user = try call.person
    guard try await !call.transaction.query(FactorQueries.confirm(of: user)).isEmpty else {
      throw Failure(.conflict, "You have a second factor already.")
    }
    let codes = try BackupCodes.renew(of: user, call)
    try await call.endOtherSessions()
    let session = try await call.rotateSession(isVerified: true)
    call.audit.resource("user", user)
    return Output(backupCodes: codes, token: session.token, expiresAt: session.expiresAt)
  }
}

/// The ten codes for who has lost his telephone.
enum BackupCodes {
  static let count = 10

  /// The old ones are worth nothing any more.
  static func renew(of user: UserID, _ call: WriteCall) throws -> [BackupCode] {
    let codes = (0..<count).map { _ in BackupCode.random() }
    let prints = codes.compactMap { code in
      call.secrets.fingerprints(of: code.text, for: .secondFactor).first.map(Base64URL.encode)
    }
    call.transaction.queue(FactorQueries.removeBackupCodes(of: user))
    call.transaction.queue(FactorQueries.addBackupCodes(prints, of: user))
    return codes
  }
}
