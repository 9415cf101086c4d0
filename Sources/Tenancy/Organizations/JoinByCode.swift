import Core
package import Operations
import Postgres

/// Becomes a member by a code. Ten tries in five minutes: codes are short.
package struct JoinByCode: WriteOperation {
  package let code: JoinCode

  package static let contract = Contract(
    name: "organization.joinByCode", route: .post("/join-codes/use"), summary: "Join with a code", message: "Welcome.",
    access: .person, limit: RateLimit("organization.joinByCode", max: 10, windowSeconds: 300), mode: .write,
    audit: .row(action: "joined_by_code", category: .security), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Joined {
    _ = try call.person
    return try await Joined(try await call.transaction.query(InvitationQueries.use(code)), &call)
  }
}
