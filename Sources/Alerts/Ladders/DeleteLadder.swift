import Core
package import Operations
import Postgres

/// Removes a ladder: alerts raised afterwards climb by the next best one.
package struct DeleteLadder: WriteOperation {
  package let ladderId: LadderID

  package static let contract = Contract(
    name: "alerts.deleteLadder", route: .delete("/escalation-ladders/{ladderId}"),
    summary: "Remove an escalation ladder", message: "Ladder removed.", access: .permission(.manageLadders),
    limit: .standard, mode: .write, audit: .row(action: "ladder_deleted", category: .alert), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Done {
    let gone = try await call.transaction.query(LadderQueries.delete(ladderId, in: try call.hospital.id))
    guard !gone.isEmpty else { throw Failure.notFound("ladder") }
    call.audit.resource("escalation_ladder", ladderId)
    return Done()
  }
}
