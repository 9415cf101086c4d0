package import Core
package import Operations
import Postgres

/// Shows one alert.
package struct GetAlert: ReadOperation {
  package let alertId: AlertID

  package static let contract = Contract(
    name: "alerts.get", aliases: ["healthcare.getAlert", "healthcare.getAlertById"],
    route: .get("/alerts/{alertId}"), summary: "Show an alert", message: "The alert.",
    access: .permission(.viewAlerts), limit: RateLimit("alerts.get", max: 300, windowSeconds: 60), mode: .read,
    audit: .refusalsOnly(category: .alert), cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<AlertKind> {
    let bound = call.caller?.kind == .screen ? call.caller?.departmentID : nil
    let statement = AlertQueries.find(alertId, in: try call.hospital.id, boundTo: bound)
    return try Document(try await call.row(statement, else: "alert"))
  }
}
