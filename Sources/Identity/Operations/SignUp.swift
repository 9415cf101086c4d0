package import Core
import NIOCore
package import Operations
import Postgres

/// Makes an account with e-mail and password and signs the person in; a hospital takes him in later.
package struct SignUp: PreparedOperation {
  package let email: EmailAddress
  package let password: NewPassword
  package let name: NameText
  package let acceptTerms: Accepted
  package let acceptPrivacy: Accepted

  package static let contract = Contract(
    name: "auth.signUp", route: .post("/auth/sign-up", status: 201), summary: "Make an account",
    message: "Your account is made.", access: .everyone, limit: RateLimit("auth.signUp", max: 3, windowSeconds: 60),
    mode: .write, audit: .row(action: "sign_up", category: .security), cache: .never, answersWithSecret: true)

  package func prepare(_ call: Preparation) async throws -> String {
    let local = email.text.prefix { $0 != "@" }
    guard local.count < 4 || !password.text.lowercased().contains(local) else {
      throw Failure.invalid("password", "must not contain the first part of the e-mail address", rule: "password")
    }
    return try await call.passwords.hash(password.text)
  }

  package func run(_ call: inout WriteCall, _ secret: String) async throws -> OpenedSession {
    let user = UserID.new(at: call.now)
    let made = try await call.transaction.query(
      IdentityQueries.signUp(user, email: email, name: name, secret: secret))
    guard try made.first?.decode("made", as: Bool.self) == true else {
      throw Failure(.conflict, "There is an account with this e-mail address.", details: ["field": "email"])
    }
    call.audit.resource("user", user)
    try await MailProof.send("verify-email", .verifyEmail, to: email, &call)
    return try await OpenedSession.open(for: user, email: email, name: name.text, in: nil, &call)
  }
}
