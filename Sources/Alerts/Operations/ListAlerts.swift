package import Core
package import Operations
import Postgres

/// Lists alerts, the most urgent and then the newest first unless told otherwise; active ones unless told otherwise.
package struct ListAlerts: ReadOperation {
  package let paging: Paging<AlertKind>
  package let status: [StatusFilter]?
  package let departmentId: DepartmentID?
  package let urgencyLevel: Urgency?
  package let alertType: AlertTypeCode?
  package let sortBy: AlertSort?
  package let sortOrder: SortOrder?

  package static let contract = Contract(
    name: "alerts.list", aliases: ["alerts.getActive", "healthcare.getActiveAlerts"], route: .get("/alerts"),
    summary: "List alerts", message: "The alerts.", access: .permission(.viewAlerts),
    limit: RateLimit("alerts.list", max: 300, windowSeconds: 60), mode: .read,
    audit: .refusalsOnly(category: .alert), cache: .never)

  private enum Key: String, CodingKey { case status, departmentId, urgencyLevel, alertType, sortBy, sortOrder }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    let input = try decoder.container(keyedBy: Key.self)
    status = try input.decodeIfPresent([StatusFilter].self, forKey: .status)
    departmentId = try input.decodeIfPresent(DepartmentID.self, forKey: .departmentId)
    urgencyLevel = try input.decodeIfPresent(Urgency.self, forKey: .urgencyLevel)
    alertType = try input.decodeIfPresent(AlertTypeCode.self, forKey: .alertType)
    sortBy = try input.decodeIfPresent(AlertSort.self, forKey: .sortBy)
    sortOrder = try input.decodeIfPresent(SortOrder.self, forKey: .sortOrder)
  }

  package func run(_ call: ReadCall) async throws -> Documents<AlertKind> {
    let hospital = try call.hospital.id
    let filter = AlertFilter(
      statuses: status.flatMap { $0.isEmpty ? nil : $0 } ?? [.active], department: departmentId,
      boundTo: call.caller?.boundDepartment, urgency: urgencyLevel, type: alertType)
    let order = AlertOrder(sortBy, sortOrder)
    let place = try paging.place(in: "alerts \(order.text) \(filter.text)")
    let rows = try await call.rows(try AlertQueries.list(filter, order, paging.shape, in: hospital, place))
    var total: Int?
    // More than a page, or a place that is not the beginning: only then is it worth counting.
    if rows.count > place.limit || place.offset > 0 {
      total = try await call.rows(AlertQueries.count(filter, in: hospital)).first?.decode("total")
    }
    let page = try place.page(rows: rows.count, total: total) { try order.key(of: rows[place.limit - 1]) }
    return Documents(rows, shape: paging.shape, page: page)
  }
}

extension Caller {
  /// The only department whose alerts the caller sees; nil sees all.
  var boundDepartment: DepartmentID? { isBoundToDepartment ? departmentID : nil }
}
