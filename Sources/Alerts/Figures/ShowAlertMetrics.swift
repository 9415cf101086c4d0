package import Core
package import Operations
import Postgres

/// Shows the last hours at a glance: what is open, what came and went, who is on duty.
package struct ShowAlertMetrics: ReadOperation {
  package let timeRange: MetricsRange?
  package let departmentId: DepartmentID?

  package static let contract = Contract(
    name: "alerts.getMetrics", aliases: ["healthcare.getMetrics"], route: .get("/alert-metrics"),
    summary: "Show the last hours at a glance", message: "The figures.", access: .permission(.viewAnalytics),
    limit: .standard, mode: .read, audit: .refusalsOnly(category: .alert), cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<AlertMetricsKind> {
    try await call.check(departmentId)
    let start = call.now.adding(seconds: -(timeRange ?? .day).seconds)
    return try await call.figures(
      FigureQueries.metrics(since: start, department: departmentId, in: try call.hospital.id))
  }
}
