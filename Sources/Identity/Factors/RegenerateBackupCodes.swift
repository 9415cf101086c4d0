import Core
package import Operations
import Postgres

/// Gives ten new backup codes in place of the old ones.
package struct RegenerateBackupCodes: PreparedOperation {
  package let code: OneTimeCode

  package static let contract = Contract(
    name: "auth.regenerateBackupCodes", route: .post("/two-factor/backup-codes", status: 201),
    summary: "Get new backup codes", message: "These are your backup codes. Keep them.", access: .signedIn,
    limit: RateLimit("auth.regenerateBackupCodes", max: 10, windowSeconds: 60), mode: .write,
    audit: .row(action: "backup_codes_renewed", category: .security), cache: .never, answersWithSecret: true)

  package struct Output: Record {
    package let backupCodes: [BackupCode]
  }

  package func prepare(_ call: Preparation) async throws {
    guard let user = call.caller?.userID else { throw Failure.signInFirst }
    try await SecondFactor.check(code, of: user, in: call)
  }

  package func run(_ call: inout WriteCall, _ prepared: Void) async throws -> Output {
    let user = try call.person
    call.audit.resource("user", user)
    return Output(backupCodes: try BackupCodes.renew(of: user, call))
  }
}
