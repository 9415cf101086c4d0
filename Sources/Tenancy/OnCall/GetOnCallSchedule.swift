package import Operations
import Postgres

/// Shows one schedule on call.
package struct GetOnCallSchedule: ReadOperation {
  package let scheduleId: OnCallScheduleID

  package static let contract = Contract(
    name: "onCall.getSchedule", route: .get("/on-call-schedules/{scheduleId}"), summary: "Show a schedule on call",
    message: "The schedule.", access: .permission(.viewSchedule), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .tenancy), cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<OnCallScheduleKind> {
    try Document(try await call.row(OnCallQueries.find(scheduleId, in: try call.hospital.id), else: "schedule"))
  }
}
