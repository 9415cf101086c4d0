package import Core
package import Operations
import Postgres

/// The caller's session under another token, as it stands in the one answer that shows it.
package struct RotatedSession: Record {
  package let token: TokenText
  package let expiresAt: Timestamp
  package var session: SessionChange? { .begins(token: token.text, seconds: 7 * 86_400) }
}

extension WriteCall {
  /// Gives the caller's session another token; the old one is refused from the commit on.
  ///
  /// For each change of what a session may do: a token that somebody planted or read before it is worth nothing after.
  package func rotateSession(isVerified: Bool = false) async throws -> RotatedSession {
    let token = SessionToken.new(.session)
    let rows = try await transaction.query(
      SessionQueries.rotate(try caller.session(), to: token, isVerified: isVerified))
    guard let row = rows.first else { throw Failure.signInFirst }
    return RotatedSession(token: TokenText(unchecked: token.text), expiresAt: try row.decode("expires_at"))
  }

  /// Ends all other sessions of the caller, as when his password changes.
  package func endOtherSessions() async throws {
    try await transaction.query(SessionQueries.revokeOthers(than: try caller.session()))
  }
}

/// Rotates the caller's token because he asks for it.
package struct RotateToken: WriteOperation {
  package static let contract = Contract(
    name: "auth.rotateSession", route: .post("/session/rotation", status: 201),
    summary: "Get another token for my session", message: "The session has another token.", access: .signedIn,
    limit: .standard, mode: .write, audit: .row(action: "session_rotated", category: .security), cache: .never,
    answersWithSecret: true)

  package func run(_ call: inout WriteCall) async throws -> RotatedSession {
    call.audit.resource("session", try call.caller.session())
    return try await call.rotateSession()
  }
}

extension Caller? {
  /// The session of the call; a screen and an API key have none.
  package func session() throws(Failure) -> SessionID {
    guard let self else { throw .signInFirst }
    guard let id = self.sessionID else {
      throw Failure(.forbidden, "Only a person who has signed in can do this.")
    }
    return id
  }
}
