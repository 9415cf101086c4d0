package import Core
package import Operations
import Postgres

/// Ends one of the caller's sessions, on every node within a second.
package struct RevokeSession: WriteOperation {
  package let sessionId: SessionID

  package static let contract = Contract(
    name: "auth.revokeSession", route: .delete("/sessions/{sessionId}"), summary: "Sign out on another device",
    message: "The session is over.", access: .signedIn, limit: .standard, mode: .write,
    audit: .row(action: "session_revoked", category: .security), cache: .never)

  package struct Output: Record {
    package let id: SessionID
    /// Whether the caller ended the session that he calls with.
    package let wasCurrent: Bool
    package var session: SessionChange? { wasCurrent ? .ends : nil }
  }

  package func run(_ call: inout WriteCall) async throws -> Output {
    let current = try call.caller.session()
    guard try await !call.transaction.query(SessionQueries.revoke(sessionId)).isEmpty else {
      throw Failure.notFound("session")
    }
    call.audit.resource("session", sessionId)
    return Output(id: sessionId, wasCurrent: current == sessionId)
  }
}
