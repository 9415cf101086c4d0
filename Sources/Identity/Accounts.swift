package import Core
package import Operations
import Postgres

/// Making an account, however somebody comes to one.
package enum Accounts {
  /// A new person with a password, and the letter that asks whether the address is his.
  package static func make(
    _ id: UserID, email: EmailAddress, name: NameText, secret: String, _ call: inout WriteCall
  ) async throws {
    let made = try await call.transaction.query(
      IdentityQueries.signUp(id, email: email, name: name, secret: secret))
    guard try made.first?.decode("made", as: Bool.self) == true else {
      throw Failure(.conflict, "There is an account with this e-mail address.", details: ["field": "email"])
    }
    call.audit.resource("user", id)
    try await MailProof.send("verify-email", .verifyEmail, to: email, &call)
  }

  /// The letter to somebody whose password an administrator took away; good for a day.
  package static func sendNewPasswordLink(to email: EmailAddress, _ call: inout WriteCall) async throws {
    try await MailProof.send("password-taken", .resetPassword, to: email, seconds: 86_400, &call)
  }
}
