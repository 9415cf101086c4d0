import Core
package import Operations
import Postgres

/// Lists the alerts of the patients in whose care team the caller is, open ones unless told otherwise.
package struct ListPatientAlerts: ReadOperation {
  package let paging: Paging<AlertKind>
  package let status: [StatusFilter]?

  package static let contract = Contract(
    name: "alerts.getPatientAlerts", aliases: ["healthcare.getPatientAlerts"], route: .get("/my-patients/alerts"),
    summary: "List the alerts of your patients", message: "The alerts.", access: .permission(.viewAlerts),
    limit: .standard, mode: .read, audit: .refusalsOnly(category: .alert), cache: .never)

  private enum Key: String, CodingKey { case status }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    status = try decoder.container(keyedBy: Key.self).decodeIfPresent([StatusFilter].self, forKey: .status)
  }

  package func run(_ call: ReadCall) async throws -> Documents<AlertKind> {
    guard let person = call.caller?.userID else { throw Failure(.forbidden, "Only a person has patients.") }
    let hospital = try call.hospital.id
    let filter = AlertFilter(
      statuses: status.flatMap { $0.isEmpty ? nil : $0 } ?? [.active, .acknowledged],
      boundTo: call.caller?.boundDepartment, inCareOf: person)
    let order = AlertOrder(nil, nil)
    let place = try paging.place(in: "patients' alerts \(filter.text)")
    let rows = try await call.rows(try AlertQueries.list(filter, order, paging.shape, in: hospital, place))
    let total: Int? = try await call.rows(AlertQueries.count(filter, in: hospital)).first?.decode("total")
    let page = try place.page(rows: rows.count, total: total) { try order.key(of: rows[place.limit - 1]) }
    return Documents(rows, shape: paging.shape, page: page)
  }
}
