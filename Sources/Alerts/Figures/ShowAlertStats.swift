package import Operations
import Postgres

/// Counts what is open now and what became of the alerts of the last 24 hours.
package struct ShowAlertStats: ReadOperation {
  package static let contract = Contract(
    name: "alerts.getStats", aliases: ["healthcare.getAlertStats"], route: .get("/alert-stats"),
    summary: "Count the alerts", message: "The figures.", access: .permission(.viewAnalytics), limit: .standard,
    mode: .read, audit: .refusalsOnly(category: .alert), cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<AlertStatsKind> {
    try await call.figures(FigureQueries.stats(in: try call.hospital.id))
  }
}
