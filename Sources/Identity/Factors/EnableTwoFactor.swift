package import Core
import NIOCore
package import Operations
import Postgres
import Secrets

/// Begins a second factor: gives the secret for the telephone, which counts once a first code has come back.
package struct EnableTwoFactor: PreparedOperation {
  package let password: PasswordText

  package static let contract = Contract(
    name: "auth.enableTwoFactor", route: .post("/two-factor", status: 201), summary: "Set up a second factor",
    message: "Read the secret with your telephone, then send its code.", access: .signedIn,
    limit: RateLimit("auth.enableTwoFactor", max: 10, windowSeconds: 60), mode: .write,
    audit: .row(action: "second_factor_begun", category: .security), cache: .never, answersWithSecret: true)

  package struct Output: Record {
    /// In base 32, for typing.
    package let secret: TokenText
    /// For a QR code.
    package let otpauthUrl: ShortText
  }

  package func prepare(_ call: Preparation) async throws {
    try await OwnPassword.check(password, call)
  }

  package func run(_ call: inout WriteCall, _ prepared: Void) async throws -> Output {
    let user = try call.person
    let secret = TimedCode.newSecret()
    let sealed = try call.secrets.seal(secret, for: .secondFactor, place: SecondFactor.place(of: user))
    guard try await !call.transaction.query(FactorQueries.begin(sealed, of: user)).isEmpty else {
      throw Failure(.conflict, "You have a second factor already.")
    }
    call.audit.resource("user", user)
    let text = Base32.encode(secret)
    let label = (call.caller?.email ?? "").replacing("%", with: "%25").replacing("?", with: "%3F")
      .replacing("#", with: "%23").replacing("&", with: "%26").replacing("/", with: "%2F")
    return Output(
      secret: TokenText(unchecked: text),
      otpauthUrl: ShortText(
        unchecked: "otpauth://totp/Ward:\(label)?secret=\(text)&issuer=Ward&algorithm=SHA1&digits=6&period=30"))
  }
}

/// Asks for the caller's password once more, where much is at stake.
enum OwnPassword {
  static func check(_ password: PasswordText, _ call: Preparation) async throws {
    guard let text = call.caller?.email, call.caller?.sessionID != nil else { throw Failure.signInFirst }
    let email = EmailAddress(unchecked: text)
    let guess = try await Guess.password(of: email, call)
    try await guess.ending(call) { () -> (GuessResult, Result<Void, Failure>) in
      let row = try await call.rows(IdentityQueries.password(of: email)).first
      let matches = try await call.passwords.verify(password.text, try row?.decode("secret", as: String.self))
      return matches ? (.passed, .success(())) : (.failed, .failure(Failure(.forbidden, "The password is wrong.")))
    }
  }
}
