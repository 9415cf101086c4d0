package import Operations
import Postgres

/// Shows what is climbing now: how many alerts in which tier, what is overdue, and the five that climb next.
package struct ShowActiveEscalations: ReadOperation {
  package static let contract = Contract(
    name: "alerts.getActiveEscalations", aliases: ["healthcare.getActiveEscalations"],
    route: .get("/active-escalations"), summary: "Show what is climbing now", message: "The escalations.",
    access: .permission(.viewAlerts), limit: .standard, mode: .read, audit: .refusalsOnly(category: .alert),
    cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<ActiveEscalationsKind> {
    try call.refuseScreens()
    return try await call.figures(
      FigureQueries.active(in: try call.hospital.id, boundTo: call.caller?.boundDepartment))
  }
}
