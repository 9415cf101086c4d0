package import Core
package import Operations
import Postgres

/// Changes a schedule on call; what is not given stays as it is, and given layers replace all of them.
package struct UpdateOnCallSchedule: WriteOperation {
  package let scheduleId: OnCallScheduleID
  package let version: PlaceVersion
  package let name: NameText?
  package let departmentId: DepartmentID?
  package let role: AnyStaffRole?
  package let layers: OnCallLayers?

  package static let contract = Contract(
    name: "onCall.updateSchedule", route: .patch("/on-call-schedules/{scheduleId}"),
    summary: "Change a schedule on call", message: "The schedule is changed.", access: .permission(.manageSchedule),
    limit: .standard, mode: .write, audit: .row(action: "on_call_schedule_updated", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<OnCallScheduleKind> {
    let hospital = try call.hospital.id
    try await call.transaction.mustHave(departmentId, in: hospital)
    if let layers { try await call.transaction.mustAllWork(layers, in: hospital) }
    let found = try await call.transaction.query(OnCallQueries.find(scheduleId, in: hospital))
    let rows = try await call.transaction.query(OnCallQueries.update(self, in: hospital))
    guard let row = rows.first else { throw Failure.unchanged("schedule", exists: !found.isEmpty) }
    call.audit.resource("on_call_schedule", scheduleId)
    return try Document(row)
  }
}
