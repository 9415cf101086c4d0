import Core
package import Operations
import Postgres

/// Takes the caller's own request back, as long as nobody has decided.
package struct CancelJoinRequest: WriteOperation {
  package let joinRequestId: JoinRequestID

  package static let contract = Contract(
    name: "organization.cancelJoinRequest", route: .delete("/my-join-requests/{joinRequestId}"),
    summary: "Take my request back", message: "The request is taken back.", access: .person, limit: .standard,
    mode: .write, audit: .row(action: "join_request_cancelled", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Done {
    _ = try call.person
    let rows = try await call.transaction.query(JoinRequestQueries.cancel(joinRequestId))
    guard try rows.first?.decode("cancelled", as: Bool.self) == true else { throw Failure.notFound("request") }
    call.audit.resource("join_request", joinRequestId)
    return Done()
  }
}
