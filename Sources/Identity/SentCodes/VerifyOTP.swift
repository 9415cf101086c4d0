package import Core
package import Operations
import Postgres

/// Signs a person in with the code that was sent to him, and his second factor where he has one.
package struct VerifyOTP: PreparedOperation {
  package let email: EmailAddress
  package let code: OneTimeCode
  /// The six digits that his second factor shows.
  package let secondFactorCode: OneTimeCode?
  package let backupCode: BackupCode?

  package static let contract = Contract(
    name: "auth.verifyOTP", route: .post("/auth/otp/verification", status: 201), summary: "Sign in with a code",
    message: "Signed in.", access: .everyone,
    limit: RateLimit(
      "auth.verifyOTP", max: 20, windowSeconds: 60, apart: { $0["email"]?.text?.trimmed.lowercased() ?? "" }),
    mode: .write, audit: .row(action: "login", category: .security), cache: .never, answersWithSecret: true,
    provesIdentity: true)

  package struct Prepared: Sendable {
    let user: UserID
    let name: String
    let hospital: HospitalID?
    let isVerified: Bool
  }

  private static let refused = Failure(.unauthorized, "This code is not good, or not any more.")

  package func prepare(_ call: Preparation) async throws -> Prepared {
    let key = SentCode.key(of: email)
    let prints = SentCode.fingerprints(code, to: email, call.secrets)
    let isRight = try await call.rows(SentCodeQueries.attempt(key, prints)).first?.decode("is_right", as: Bool.self)
    let person = try await call.rows(SentCodeQueries.person(of: email)).first
    guard isRight == true, let person else { throw Self.refused }
    let user: UserID = try person.decode("user_id")
    let guess = try await Guess.secondFactor(of: user, call)
    return try await guess.ending(call) {
      let shown = try await SecondFactor.shown(secondFactorCode, or: backupCode, of: user, call)
      switch shown {
      case .missing: return (.undecided, .failure(SecondFactor.missing))
      case .wrong: return (.failed, .failure(SecondFactor.wrong))
      case .right, .notNeeded: break
      }
      let used = try await call.rows(SentCodeQueries.use(key, prints)).first?.decode("is_right", as: Bool.self)
      guard used == true else { return (.undecided, .failure(Self.refused)) }
      let prepared = Prepared(
        user: user, name: try person.decode("name"), hospital: try person.decode("hospital_id"),
        isVerified: shown == .right)
      return (shown == .right ? .passed : .undecided, .success(prepared))
    }
  }

  package func run(_ call: inout WriteCall, _ who: Prepared) async throws -> OpenedSession {
    try await OpenedSession.open(
      for: who.user, email: email, name: who.name, in: who.hospital, by: .code, isVerified: who.isVerified, &call)
  }
}
