package import Core
package import Operations
import Postgres

/// Lists alerts, the most urgent and then the newest first; active ones unless told otherwise.
package struct ListAlerts: ReadOperation {
  package let status: [StatusFilter]?
  package let departmentId: DepartmentID?
  package let urgencyLevel: Urgency?
  package let alertType: AlertTypeCode?
  package let limit: PageLimit?
  package let offset: PageOffset?
  package let page: PageNumber?
  package let cursor: PageCursor?
  package let fields: FieldNames?

  package static let contract = Contract(
    name: "alerts.list", aliases: ["alerts.getActive", "healthcare.getActiveAlerts"], route: .get("/alerts"),
    summary: "List alerts", message: "The alerts.", access: .permission(.viewAlerts),
    limit: RateLimit("alerts.list", max: 300, windowSeconds: 60), mode: .read,
    audit: .refusalsOnly(category: .alert), cache: .never)

  package func run(_ call: ReadCall) async throws -> Documents<AlertKind> {
    let hospital = try call.hospital.id
    let request = try PageRequest(limit: limit, offset: offset, page: page, cursor: cursor)
    let filter = AlertFilter(
      statuses: status.flatMap { $0.isEmpty ? nil : $0 } ?? [.active], department: departmentId,
      boundTo: call.caller?.boundDepartment, urgency: urgencyLevel, type: alertType)
    let shape = try fields?.of(AlertKind.shape) ?? AlertKind.shape
    let rows = try await call.rows(AlertQueries.list(filter, shape, in: hospital, page: request))
    var total = request.offset + rows.count
    // More than a page, or a place behind the end: only then is it worth counting.
    if rows.count > request.limit || rows.isEmpty && request.offset > 0 {
      total = try await call.rows(AlertQueries.count(filter, in: hospital)).first?.decode("total") ?? total
    }
    return Documents(rows, shape: shape, page: PageInfo(total: total, limit: request.limit, offset: request.offset))
  }
}

extension Caller {
  /// The only department whose alerts the caller sees; nil sees all.
  var boundDepartment: DepartmentID? { isBoundToDepartment ? departmentID : nil }
}
