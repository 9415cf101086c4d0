package import Core
package import Operations
import Postgres

/// Shows the hours of a person's usual week.
package struct GetShiftSchedule: ReadOperation {
  package let userId: UserID

  package static let contract = Contract(
    name: "shifts.getSchedule", route: .get("/users/{userId}/shift-schedule"),
    summary: "Show a person's weekly hours", message: "The weekly hours.", access: .permission(.viewSchedule),
    limit: .standard, mode: .read, audit: .refusalsOnly(category: .tenancy), cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<ShiftScheduleKind> {
    try Document(
      try await call.row(ShiftQueries.schedule(of: userId, in: try call.hospital.id), else: "person"))
  }
}
