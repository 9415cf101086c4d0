import Core
package import Operations
import Postgres

/// Removes a schedule on call, with whoever stands in.
package struct DeleteOnCallSchedule: WriteOperation {
  package let scheduleId: OnCallScheduleID

  package static let contract = Contract(
    name: "onCall.deleteSchedule", route: .delete("/on-call-schedules/{scheduleId}"),
    summary: "Remove a schedule on call", message: "The schedule is removed.", access: .permission(.manageSchedule),
    limit: .standard, mode: .write, audit: .row(action: "on_call_schedule_deleted", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<OnCallScheduleKind> {
    let rows = try await call.transaction.query(OnCallQueries.delete(scheduleId, in: try call.hospital.id))
    guard let row = rows.first else { throw Failure.notFound("schedule") }
    call.audit.resource("on_call_schedule", scheduleId)
    return try Document(row)
  }
}
