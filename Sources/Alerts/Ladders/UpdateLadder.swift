import Core
package import Operations
import Postgres

/// Changes a ladder; alerts that were raised before climb as they would have.
package struct UpdateLadder: WriteOperation {
  package let ladderId: LadderID
  package let version: Version
  package let stepSeconds: StepSeconds?
  package let repeats: Bool?
  package let responseSeconds: ResponseSeconds?

  package static let contract = Contract(
    name: "alerts.updateLadder", route: .patch("/escalation-ladders/{ladderId}"),
    summary: "Change an escalation ladder", message: "Ladder updated.", access: .permission(.manageLadders),
    limit: .standard, mode: .write, audit: .row(action: "ladder_updated", category: .alert), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<LadderKind> {
    let hospital = try call.hospital.id
    let rows = try await call.transaction.query(LadderQueries.update(self, in: hospital))
    guard let row = rows.first else {
      throw try Failure.stale(
        try await call.transaction.query(LadderQueries.find(ladderId, in: hospital)).first, "ladder")
    }
    call.audit.resource("escalation_ladder", ladderId)
    return try Document(row)
  }
}
