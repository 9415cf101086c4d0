package import Operations
import Postgres

/// Lists the devices on which the caller is signed in, the one used last first.
package struct ListSessions: ReadOperation {
  package let paging: Paging<SessionKind>

  package static let contract = Contract(
    name: "auth.getActiveSessions", route: .get("/sessions"), summary: "List where I am signed in",
    message: "Your sessions.", access: .signedIn, limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .security), cache: .never)

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: ReadCall) async throws -> Documents<SessionKind> {
    try await call.documents(SessionQueries.active(current: try call.caller.session()), paging, named: "sessions")
  }
}
