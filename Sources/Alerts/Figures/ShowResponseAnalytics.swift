package import Core
package import Operations
import Postgres

/// Shows how fast the alerts of a time were answered and resolved, and how many climbed.
package struct ShowResponseAnalytics: ReadOperation {
  package let departmentId: DepartmentID?
  package let timeRange: ResponseRange?
  /// With `custom`.
  package let startDate: Timestamp?
  package let endDate: Timestamp?

  package static let contract = Contract(
    name: "alerts.getResponseAnalytics", aliases: ["healthcare.getResponseAnalytics"],
    route: .get("/alert-response-analytics"), summary: "Show how alerts were answered", message: "The figures.",
    access: .permission(.viewAnalytics), limit: .standard, mode: .read, audit: .refusalsOnly(category: .alert),
    cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<ResponseFiguresKind> {
    let range = timeRange ?? (startDate == nil && endDate == nil ? .week : .custom)
    guard range == .custom || startDate == nil && endDate == nil else {
      throw Failure.invalid("timeRange", "must be custom where dates are given", rule: "consistent")
    }
    let period = try FigurePeriod(startDate, endDate, now: call.now, days: range.days)
    try await call.check(departmentId)
    return try await call.figures(
      FigureQueries.response(period, department: departmentId, in: try call.hospital.id))
  }
}
