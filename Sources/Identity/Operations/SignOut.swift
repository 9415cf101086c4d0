import Core
package import Operations
import Postgres

/// Ends the session of the call; its token is refused from then on.
package struct SignOut: WriteOperation {
  package static let contract = Contract(
    name: "auth.signOut", route: .delete("/session"), summary: "Sign out", message: "Signed out.",
    access: .signedIn, limit: .standard, mode: .write, audit: .row(action: "logout", category: .security),
    cache: .never)

  package struct Output: Record {
    package let done: Bool
    package var session: SessionChange? { .ends }
  }

  package func run(_ call: inout WriteCall) async throws -> Output {
    guard let session = call.caller?.sessionID else {
      throw Failure(.forbidden, "A ward screen is not signed out but revoked.")
    }
    call.audit.resource("session", session)
    try await call.transaction.query(IdentityQueries.revokeSession(session))
    return Output(done: true)
  }
}
