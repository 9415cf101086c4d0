import Core
package import Operations
import Postgres

/// Nobody stands in any more: the rotation counts again.
package struct RemoveOverride: WriteOperation {
  package let scheduleId: OnCallScheduleID
  package let overrideId: OnCallOverrideID

  package static let contract = Contract(
    name: "onCall.removeOverride", route: .delete("/on-call-schedules/{scheduleId}/overrides/{overrideId}"),
    summary: "Let nobody stand in", message: "The rotation counts again.", access: .permission(.manageSchedule),
    limit: .standard, mode: .write, audit: .row(action: "on_call_override_removed", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<OnCallOverrideKind> {
    let rows = try await call.transaction.query(
      OnCallQueries.delete(overrideId, of: scheduleId, in: try call.hospital.id))
    guard let row = rows.first else { throw Failure.notFound("override") }
    call.audit.resource("on_call_schedule", scheduleId)
    call.audit.details = ["overrideId": .string(overrideId.text)]
    return try Document(row)
  }
}
