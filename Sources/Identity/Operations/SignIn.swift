package import Core
import NIOCore
package import Operations
import Postgres

/// Signs a person in with e-mail and password, and with a second factor where he has one; opens a session of seven days.
package struct SignIn: PreparedOperation {
  package let email: EmailAddress
  package let password: PasswordText
  /// The six digits that his second factor shows.
  package let code: OneTimeCode?
  /// One of his backup codes instead.
  package let backupCode: BackupCode?

  package static let contract = Contract(
    name: "auth.signIn", route: .post("/sessions", status: 201),
    summary: "Sign in with e-mail and password", message: "Signed in.", access: .everyone,
    limit: RateLimit(
      "auth.signIn", max: 5, windowSeconds: 60, apart: { $0["email"]?.text?.trimmed.lowercased() ?? "" }),
    mode: .write, audit: .row(action: "login", category: .security), cache: .never, answersWithSecret: true,
    provesIdentity: true)

  package struct Prepared: Sendable {
    let user: UserID
    let name: String
    let hospital: HospitalID?
    let isVerified: Bool
    /// The hash as it is kept, and a better one where it is of an old kind.
    let rehashed: (from: String, to: String)?
  }

  /// The same work and the same answer whether the person, the password or the account is the trouble.
  package func prepare(_ call: Preparation) async throws -> Prepared {
    let guess = try await Guess.password(of: email, call)
    return try await guess.ending(call) {
      let row = try await call.rows(IdentityQueries.password(of: email)).first
      let secret = try row?.decode("secret", as: String.self)
      let matches = try await call.passwords.verify(password.text, secret)
      guard let row, matches, try row.decode("is_usable", as: Bool.self) else {
        return (.failed, .failure(Failure(.unauthorized, "E-mail or password is wrong.")))
      }
      let user: UserID = try row.decode("user_id")
      let shown = try await SecondFactor.shown(code, or: backupCode, of: user, call)
      switch shown {
      case .missing: return (.undecided, .failure(SecondFactor.missing))
      case .wrong: return (.failed, .failure(SecondFactor.wrong))
      case .right, .notNeeded:
        var rehashed: (from: String, to: String)?
        if let secret, call.passwords.isOutdated(secret) {
          rehashed = (secret, try await call.passwords.hash(password.text))
        }
        return (
          .passed,
          .success(
            Prepared(
              user: user, name: try row.decode("name"), hospital: try row.decode("hospital_id"),
              isVerified: shown == .right, rehashed: rehashed))
        )
      }
    }
  }

  package func run(_ call: inout WriteCall, _ who: Prepared) async throws -> OpenedSession {
    let opened = try await OpenedSession.open(
      for: who.user, email: email, name: who.name, in: who.hospital, isVerified: who.isVerified, &call)
    // After it was opened, since only the person himself may change his credentials.
    if let (old, new) = who.rehashed { call.transaction.queue(IdentityQueries.rehash(who.user, from: old, to: new)) }
    return opened
  }
}
