import Core
package import Operations
import Postgres

/// Signing in with e-mail and password, and a second factor where there is one.
package struct PasswordPlugin: AuthPlugin {
  package struct Proof: Sendable {
    let email: EmailAddress
    let password: PasswordText
    let code: OneTimeCode?
    let backupCode: BackupCode?
  }

  package struct Verified: Sendable {
    let user: UserID
    let name: String
    let hospital: HospitalID?
    let isVerified: Bool
    /// The hash as it is kept, and a better one where it is of an old kind.
    let rehashed: (from: String, to: String)?
  }

  package static let word = "password"
  package var name: String { Self.word }
  package let domains: Set<AuthDomain>
  package var isElsewhere: Bool { false }

  package init(domains: Set<AuthDomain>) { self.domains = domains }

  /// The same work and the same answer whether the person, the password or the account is the trouble.
  package func verify(_ proof: Proof, _ call: Preparation) async throws -> Verified {
    let guess = try await Guess.password(of: proof.email, call)
    return try await guess.ending(call) {
      let row = try await call.rows(IdentityQueries.password(of: proof.email)).first
      let secret = try row?.decode("secret", as: String.self)
      let matches = try await call.passwords.verify(proof.password.text, secret)
      guard let row, matches, try row.decode("is_usable", as: Bool.self) else {
        return (.failed, .failure(Failure(.unauthorized, "E-mail or password is wrong.")))
      }
      let user: UserID = try row.decode("user_id")
      let shown = try await SecondFactor.shown(proof.code, or: proof.backupCode, of: user, call)
      switch shown {
      case .missing: return (.undecided, .failure(SecondFactor.missing))
      case .wrong: return (.failed, .failure(SecondFactor.wrong))
      case .right, .notNeeded:
        var rehashed: (from: String, to: String)?
        if let secret, call.passwords.isOutdated(secret) {
          rehashed = (secret, try await call.passwords.hash(proof.password.text))
        }
        return (
          .passed,
          .success(
            Verified(
              user: user, name: try row.decode("name"), hospital: try row.decode("hospital_id"),
              isVerified: shown == .right, rehashed: rehashed))
        )
      }
    }
  }
}
