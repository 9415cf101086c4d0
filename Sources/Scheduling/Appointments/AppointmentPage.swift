package import Core
package import NIOCore
package import Operations
import Postgres
import Tenancy

/// Which appointments a list shows.
struct AppointmentFilter {
  var doctor: UserID?
  var patient: PatientID?
  var location: LocationID?
  var service: ServiceName?
  var statuses: [AppointmentStatusWord] = []
  var from: Timestamp?
  var to: Timestamp?

  /// What a cursor of the list is bound to.
  var text: String {
    let words = Set(statuses.map(\.rawValue)).sorted().joined(separator: ",")
    let ids = [doctor?.text, patient?.text, location?.text, service?.text].map { $0 ?? "" }.joined(separator: " ")
    return "\(words) \(ids) \(from?.rfc3339 ?? "") \(to?.rfc3339 ?? "")"
  }

  /// ` AND …` on `appointments a`.
  var conditions: SQL {
    var sql: SQL = ""
    if let doctor { sql = sql + " AND a.doctor_id = \(doctor)" }
    if let patient { sql = sql + " AND a.patient_id = \(patient)" }
    if let location { sql = sql + " AND a.location_id = \(location)" }
    if let service { sql = sql + " AND a.service = \(service.text)" }
    if let from { sql = sql + " AND a.starts_at >= \(from)" }
    if let to { sql = sql + " AND a.starts_at < \(to)" }
    let words = Set(statuses.map(\.rawValue)).sorted()
    if !words.isEmpty { sql = sql + " AND a.status = ANY (\(words))" }
    return sql
  }
}

/// A page of appointments, opened; the shape is the choice of fields.
package struct AppointmentPage: Answer {
  private let items: [JSONValue]
  package let page: PageInfo?

  package static var isList: Bool { true }
  package static var schema: JSONSchema { .array(AppointmentKind.shape.schema) }
  package static var itemName: String? { "Appointment" }
  package func write(into buffer: inout ByteBuffer) { buffer.writeJSON(.array(items)) }

  /// Opens the wanted appointments and notes whose they are.
  static func of(
    _ filter: AppointmentFilter, _ paging: Paging<AppointmentKind>, _ call: inout WriteCall
  ) async throws -> AppointmentPage {
    let hospital = try call.hospital.id
    let place = try paging.place(in: "appointments \(filter.text)")
    let after = try place.after.map { try key($0) }
    let results = try await call.transaction.queries([
      AppointmentQueries.list(filter, in: hospital, after: after, limit: place.limit, skip: place.skip),
      AppointmentQueries.count(filter, in: hospital),
    ])
    guard results.count == 2, let counted = results[1].first else { throw Failure.internalFault }
    let shown = try results[0].prefix(place.limit).map { try Appointment($0, call.secrets) }
    call.saw(shown.map(\.patient))
    let total = try counted.decode("total", as: Int.self)
    let page = place.page(rows: results[0].count, total: total) {
      guard let last = shown.last else { return [] }
      return [String(last.startsAt.microseconds), last.id.text]
    }
    return AppointmentPage(items: shown.map { $0.json(paging.shape) }, page: page)
  }

  private static func key(_ key: [String]) throws(Failure) -> (Timestamp, AppointmentID) {
    guard key.count == 2, let time = Int64(key[0]), let id = AppointmentID(key[1]),
      abs(time) < 250_000_000_000_000_000
    else { throw PageCursor.foreign }
    return (Timestamp(microseconds: time), id)
  }
}
