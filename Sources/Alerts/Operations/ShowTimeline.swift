package import Core
package import Operations
import Postgres

/// Shows everything that happened to an alert, the oldest first; at most 1,000 entries.
package struct ShowTimeline: ReadOperation {
  package let alertId: AlertID

  package static let contract = Contract(
    name: "alerts.getTimeline", aliases: ["healthcare.getAlertTimeline"], route: .get("/alerts/{alertId}/timeline"),
    summary: "Show what happened to an alert", message: "The timeline.", access: .permission(.viewAlerts),
    limit: .standard, mode: .read, audit: .refusalsOnly(category: .alert), cache: .never)

  package func run(_ call: ReadCall) async throws -> Documents<TimelineKind> {
    guard let caller = call.caller, caller.kind == .person else {
      throw Failure(.forbidden, "A ward screen sees the board only.")
    }
    let rows = try await call.rows(AlertQueries.timeline(of: alertId, in: try call.hospital.id))
    guard !rows.isEmpty else { throw Failure.notFound("alert") }
    return Documents(rows, page: nil)
  }
}
