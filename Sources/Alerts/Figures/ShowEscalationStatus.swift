package import Core
package import Operations
import Postgres

/// Shows where an alert stands on its ladder and when it climbs next.
package struct ShowEscalationStatus: ReadOperation {
  package let alertId: AlertID

  package static let contract = Contract(
    name: "alerts.getEscalationStatus", aliases: ["healthcare.getEscalationStatus"],
    route: .get("/alerts/{alertId}/escalation-status"), summary: "Show where an alert stands on its ladder",
    message: "The ladder's state.", access: .permission(.viewAlerts), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .alert), cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<EscalationStatusKind> {
    try call.refuseScreens()
    let statement = AlertQueries.find(
      alertId, in: try call.hospital.id, boundTo: nil, with: EscalationStatusKind.shape.sqlColumns)
    return try Document(try await call.row(statement, else: "alert"))
  }
}
