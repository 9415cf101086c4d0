package import Core
package import Operations
import Postgres

/// Lists who was told of an alert, on which channel, and whether it arrived; the oldest first.
package struct ListDeliveries: ReadOperation {
  package let paging: Paging<DeliveryKind>
  package let alertId: AlertID

  package static let contract = Contract(
    name: "notification.getDeliveries", route: .get("/alerts/{alertId}/deliveries"),
    summary: "List whom an alert reached and how", message: "The deliveries.", access: .permission(.viewAlerts),
    limit: .standard, mode: .read, audit: .refusalsOnly(category: .alert), cache: .never)

  private enum Key: String, CodingKey { case alertId }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    alertId = try decoder.container(keyedBy: Key.self).decode(AlertID.self, forKey: .alertId)
  }

  package func run(_ call: ReadCall) async throws -> Documents<DeliveryKind> {
    guard let caller = call.caller, caller.kind == .person else {
      throw Failure(.forbidden, "A ward screen sees the board only.")
    }
    let hospital = try call.hospital.id
    let bound = caller.isBoundToDepartment ? caller.departmentID : nil
    _ = try await call.row(DeliveryQueries.isVisible(alertId, in: hospital, boundTo: bound), else: "alert")
    return try await call.documents(
      DeliveryQueries.log(of: alertId, in: hospital, boundTo: bound), paging, named: "deliveries \(alertId.text)")
  }
}
