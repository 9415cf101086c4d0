package import Core
package import Operations
import Postgres

/// Shows everything that happened to an alert, the oldest first.
package struct ShowTimeline: ReadOperation {
  package let paging: Paging<TimelineKind>
  package let alertId: AlertID

  package static let contract = Contract(
    name: "alerts.getTimeline", aliases: ["healthcare.getAlertTimeline"], route: .get("/alerts/{alertId}/timeline"),
    summary: "Show what happened to an alert", message: "The timeline.", access: .permission(.viewAlerts),
    limit: .standard, mode: .read, audit: .refusalsOnly(category: .alert), cache: .never)

  private enum Key: String, CodingKey { case alertId }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    alertId = try decoder.container(keyedBy: Key.self).decode(AlertID.self, forKey: .alertId)
  }

  package func run(_ call: ReadCall) async throws -> Documents<TimelineKind> {
    guard let caller = call.caller, caller.kind == .person else {
      throw Failure(.forbidden, "A ward screen sees the board only.")
    }
    let list = AlertQueries.timeline(of: alertId, in: try call.hospital.id)
    let entries = try await call.documents(list, paging, named: "timeline \(alertId.text)")
    guard entries.page?.total ?? 0 > 0 else { throw Failure.notFound("alert") }
    return entries
  }
}
