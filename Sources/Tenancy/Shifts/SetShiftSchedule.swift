package import Core
package import Operations
import Postgres

/// Says anew in which hours of a week a person works: at most 24 hours without a break.
package struct SetShiftSchedule: WriteOperation {
  package let userId: UserID
  /// That of the hours which are replaced; 0 for the first.
  package let version: ScheduleVersion
  package let week: WeekHours

  package static let contract = Contract(
    name: "shifts.setSchedule", route: .put("/users/{userId}/shift-schedule"),
    summary: "Set a person's weekly hours", message: "The weekly hours are set.",
    access: .permission(.manageSchedule),
    limit: .standard, mode: .write, audit: .row(action: "shift_schedule_set", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<ShiftScheduleKind> {
    let hospital = try call.hospital.id
    if let day = week.firstDay(workingOver: 1440) {
      throw Failure.invalid("week.\(day)", "makes more than 24 hours without a break", rule: "range")
    }
    let found = try await call.transaction.query(ShiftQueries.lock(userId, in: hospital))
    guard !found.isEmpty else { throw Failure.notFound("person") }
    let set = try await call.transaction.query(ShiftQueries.setSchedule(self, in: hospital))
    guard !set.isEmpty else { throw Failure.unchanged("schedule", exists: true) }
    call.audit.resource("user", userId)
    let rows = try await call.transaction.query(ShiftQueries.schedule(of: userId, in: hospital))
    guard let row = rows.first else { throw Failure.internalFault }
    return try Document(row)
  }
}
