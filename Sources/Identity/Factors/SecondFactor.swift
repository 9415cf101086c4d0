package import Core
package import Operations
import Postgres
import Secrets

/// What a person shows besides his password: a code of his telephone, or a backup code.
package enum SecondFactor {
  enum Shown: Sendable {
    /// The person has no second factor.
    case notNeeded
    case missing, wrong, right
  }

  /// Looks at what was shown and uses it up; counting the guess is the caller's work.
  static func shown(
    _ code: OneTimeCode?, or backup: BackupCode?, of user: UserID, _ call: Preparation, unconfirmed: Bool = false
  ) async throws -> Shown {
    guard let row = try await call.rows(FactorQueries.factor(of: user)).first,
      try row.decode("is_confirmed", as: Bool.self) != unconfirmed
    else { return .notNeeded }
    if let code {
      let secret = try call.secrets.open(
        row.decode("secret", as: [UInt8].self), for: .secondFactor, place: place(of: user))
      let last: Int64 = try row.decode("last_step")
      guard let step = TimedCode(secret: secret).step(of: code, at: call.now, after: last) else { return .wrong }
      return try await isTaken(FactorQueries.take(step: step, of: user), call) ? .right : .wrong
    }
    if let backup, !unconfirmed {
      let prints = call.secrets.fingerprints(of: backup.text, for: .secondFactor).map(Base64URL.encode)
      return try await isTaken(FactorQueries.take(prints, of: user), call) ? .right : .wrong
    }
    return .missing
  }

  /// Asks for the second factor of who calls, as where much is at stake; `FORBIDDEN` for who has none, `UNAUTHORIZED`
  /// for a wrong or a used code, `TOO_MANY_REQUESTS` after five wrong ones.
  package static func check(_ code: OneTimeCode, of person: UserID, in call: Preparation) async throws {
    try await check(code, or: nil, of: person, in: call)
  }

  static func check(
    _ code: OneTimeCode?, or backup: BackupCode?, of person: UserID, in call: Preparation, unconfirmed: Bool = false
  ) async throws {
    let guess = try await Guess.secondFactor(of: person, call)
    try await guess.ending(call) { () -> (GuessResult, Result<Void, Failure>) in
      switch try await shown(code, or: backup, of: person, call, unconfirmed: unconfirmed) {
      case .right: (.passed, .success(()))
      case .wrong: (.failed, .failure(wrong))
      case .missing: (.undecided, .failure(missing))
      case .notNeeded:
        (.undecided, .failure(Failure(.forbidden, "You have no second factor. Set one up first.")))
      }
    }
  }

  package static func place(of user: UserID) -> String { "second_factors.secret \(user.text)" }

  private static func isTaken(_ statement: SQL, _ call: Preparation) async throws -> Bool {
    try await call.rows(statement).first?.decode("taken", as: Bool.self) ?? false
  }

  static let missing = Failure(
    .unauthorized, "The code of your second factor is needed.", details: ["secondFactor": true])
  static let wrong = Failure(
    .unauthorized, "This code is not good, or not any more.", details: ["secondFactor": true])
}
