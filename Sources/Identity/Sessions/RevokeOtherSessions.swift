package import Core
package import Operations
import Postgres

/// Ends every session of the caller but the one of the call.
package struct RevokeOtherSessions: WriteOperation {
  package static let contract = Contract(
    name: "auth.revokeOtherSessions", route: .delete("/sessions"), summary: "Sign out on all other devices",
    message: "All other sessions are over.", access: .signedIn, limit: .standard, mode: .write,
    audit: .row(action: "sessions_revoked", category: .security), cache: .never)

  package struct Output: Record {
    package let revoked: [SessionID]
  }

  package func run(_ call: inout WriteCall) async throws -> Output {
    let current = try call.caller.session()
    let rows = try await call.transaction.query(SessionQueries.revokeOthers(than: current))
    call.audit.details["sessions"] = .integer(Int64(rows.count))
    return Output(revoked: try rows.map { try $0.decode("id") })
  }
}
