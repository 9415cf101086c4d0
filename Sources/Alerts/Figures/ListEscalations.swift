package import Core
package import Operations
import Postgres

/// Lists the steps that an alert has made, the first one first.
package struct ListEscalations: ReadOperation {
  package let paging: Paging<EscalationKind>
  package let alertId: AlertID

  package static let contract = Contract(
    name: "alerts.getEscalationHistory", aliases: ["healthcare.getEscalationHistory"],
    route: .get("/alerts/{alertId}/escalations"), summary: "List an alert's steps", message: "The steps.",
    access: .permission(.viewAlerts), limit: .standard, mode: .read, audit: .refusalsOnly(category: .alert),
    cache: .never)

  private enum Key: String, CodingKey { case alertId }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    alertId = try decoder.container(keyedBy: Key.self).decode(AlertID.self, forKey: .alertId)
  }

  package func run(_ call: ReadCall) async throws -> Documents<EscalationKind> {
    let hospital = try call.hospital.id
    try call.refuseScreens()
    _ = try await call.row(AlertQueries.find(alertId, in: hospital, boundTo: nil), else: "alert")
    return try await call.documents(
      FigureQueries.steps(of: alertId, in: hospital), paging, named: "escalations \(alertId.text)")
  }
}
