package import Core
package import Operations
import Postgres

/// Asks to be let into the hospital of a subdomain, as what; those who invite there decide.
package struct SendJoinRequest: WriteOperation {
  package let subdomain: Subdomain
  package let role: StaffRole
  package let message: ShortText?

  package static let contract = Contract(
    name: "organization.sendJoinRequest", route: .post("/join-requests", status: 201), summary: "Ask to be let in",
    message: "You have asked.", access: .person,
    limit: RateLimit("organization.sendJoinRequest", max: 10, windowSeconds: 3600), mode: .write,
    audit: .row(action: "join_requested", category: .tenancy), cache: .never)

  package struct Output: Record {
    package let id: JoinRequestID
    package let status: NameText
  }

  package func run(_ call: inout WriteCall) async throws -> Output {
    _ = try call.person
    let id = JoinRequestID.new(at: call.now)
    let rows = try await call.transaction.query(JoinRequestQueries.ask(id, self))
    switch try rows.first?.decode("outcome", as: String.self) {
    case "asked": break
    case "member": throw Failure(.conflict, "You belong to this hospital already, or did.")
    case "pending": throw Failure(.conflict, "You have asked already.")
    default: throw Failure.notFound("hospital")
    }
    call.audit.resource("join_request", id)
    return Output(id: id, status: NameText(unchecked: "pending"))
  }
}
