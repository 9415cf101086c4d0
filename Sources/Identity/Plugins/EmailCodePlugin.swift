import Core
package import Operations
import Postgres

/// Signing in with a code that was sent, and a second factor where there is one.
package struct EmailCodePlugin: AuthPlugin {
  package struct Proof: Sendable {
    let email: EmailAddress
    let code: OneTimeCode
    let secondFactorCode: OneTimeCode?
    let backupCode: BackupCode?
  }

  package struct Verified: Sendable {
    let user: UserID
    let name: String
    let hospital: HospitalID?
    let isVerified: Bool
  }

  package static let word = "code"
  package var name: String { Self.word }
  package let domains: Set<AuthDomain>
  package var isElsewhere: Bool { false }

  package init(domains: Set<AuthDomain>) { self.domains = domains }

  private static let refused = Failure(.unauthorized, "This code is not good, or not any more.")

  package func verify(_ proof: Proof, _ call: Preparation) async throws -> Verified {
    let key = SentCode.key(of: proof.email)
    let prints = SentCode.fingerprints(proof.code, to: proof.email, call.secrets)
    let isRight = try await call.rows(SentCodeQueries.attempt(key, prints)).first?.decode("is_right", as: Bool.self)
    let person = try await call.rows(SentCodeQueries.person(of: proof.email)).first
    guard isRight == true, let person else { throw Self.refused }
    let user: UserID = try person.decode("user_id")
    let guess = try await Guess.secondFactor(of: user, call)
    return try await guess.ending(call) {
      let shown = try await SecondFactor.shown(proof.secondFactorCode, or: proof.backupCode, of: user, call)
      switch shown {
      case .missing: return (.undecided, .failure(SecondFactor.missing))
      case .wrong: return (.failed, .failure(SecondFactor.wrong))
      case .right, .notNeeded: break
      }
      let used = try await call.rows(SentCodeQueries.use(key, prints)).first?.decode("is_right", as: Bool.self)
      guard used == true else { return (.undecided, .failure(Self.refused)) }
      let verified = Verified(
        user: user, name: try person.decode("name"), hospital: try person.decode("hospital_id"),
        isVerified: shown == .right)
      return (shown == .right ? .passed : .undecided, .success(verified))
    }
  }
}
