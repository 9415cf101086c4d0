package import Core
import NIOCore
package import Operations
import Postgres

/// Changes the caller's own password. All his sessions end, this one too: the answer holds a new one.
package struct ChangePassword: PreparedOperation {
  package let currentPassword: PasswordText
  package let newPassword: NewPassword

  package static let contract = Contract(
    name: "auth.changePassword", route: .post("/auth/change-password"), summary: "Change your password",
    message: "Your password is changed; other devices are signed out.", access: .signedIn,
    limit: RateLimit("auth.changePassword", max: 5, windowSeconds: 60), mode: .write,
    audit: .row(action: "password_changed", category: .security), cache: .never, answersWithSecret: true)

  package struct Prepared: Sendable {
    let email: EmailAddress
    let secret: String
  }

  package func prepare(_ call: Preparation) async throws -> Prepared {
    guard let caller = call.caller, caller.userID != nil, let text = caller.email else {
      throw Failure(.forbidden, "Only a person has a password.")
    }
    let email = try EmailAddress(text)
    let current = try await call.rows(IdentityQueries.password(of: email)).first?.decode("secret", as: String.self)
    guard try await call.passwords.verify(currentPassword.text, current) else {
      throw Failure.invalid("currentPassword", "is not your password", rule: "match")
    }
    guard currentPassword.text != newPassword.text else {
      throw Failure.invalid("newPassword", "must be another than the current one", rule: "changed")
    }
    return Prepared(email: email, secret: try await call.secret(of: newPassword, for: email, field: "newPassword"))
  }

  package func run(_ call: inout WriteCall, _ new: Prepared) async throws -> OpenedSession {
    let person = try call.person
    let name = call.caller?.name ?? ""
    call.audit.resource("user", person)
    try call.send(Mail("password-changed", to: new.email, values: ["name": .string(name)]))
    call.transaction.queue(IdentityQueries.setPassword(of: person, to: new.secret))
    call.transaction.queue(IdentityQueries.revokeSessions(of: person))
    return try await OpenedSession.open(
      for: person, email: new.email, name: name, in: call.caller?.hospital?.id,
      verifiedAt: call.caller?.secondFactorAt, &call)
  }
}
