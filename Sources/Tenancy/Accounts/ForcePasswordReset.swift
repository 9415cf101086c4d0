package import Core
import Identity
package import Operations
import Postgres

/// Takes a colleague's password away: his sessions end, and a mailed link lets him choose a new one within a day.
package struct ForcePasswordReset: WriteOperation {
  package let userId: UserID
  package let reason: ShortText

  package static let contract = Contract(
    name: "auth.forcePasswordReset", aliases: ["users.forcePasswordReset"],
    route: .post("/users/{userId}/password-reset"), summary: "Make somebody choose a new password",
    message: "The old password is gone; a letter is on its way.", access: .permission(.manageUsers), limit: .standard,
    mode: .write, audit: .row(action: "password_taken", category: .security), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Done {
    guard userId != call.caller?.userID else {
      throw Failure(.forbidden, "Change your own password instead.")
    }
    _ = try await call.managed(userId)
    let rows = try await call.transaction.query(ProfileQueries.takePassword(of: userId))
    guard let email = try rows.first?.decode("email", as: String?.self) else { throw Failure.notFound("person") }
    call.audit.resource("user", userId)
    try await Accounts.sendNewPasswordLink(to: EmailAddress(email), &call)
    return Done()
  }
}
