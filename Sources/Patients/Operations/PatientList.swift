import Core
import Operations
import Postgres

/// What all lists of patients do with their rows.
enum PatientList {
  static func page(
    of filter: PatientFilter, _ paging: Paging<PatientSummaryKind>, _ call: inout WriteCall
  ) async throws -> PatientPage {
    let hospital = try call.hospital.id
    let scope = try RecordScope(call)
    let place = try paging.place(in: "patients \(filter.text)")
    let after = try place.after.map { try key($0) }
    // Counted in the same flush: to ask only when there is more than a page would take a second way there and back.
    let results = try await call.transaction.queries([
      PatientQueries.list(filter, in: hospital, scope, after: after, limit: place.limit, skip: place.skip),
      PatientQueries.count(filter, in: hospital, scope),
    ])
    guard results.count == 2, let counted = results[1].first else { throw Failure.internalFault }
    return try page(results[0], place, paging.shape, &call, total: try counted.decode("total"))
  }

  static func key(_ key: [String]) throws(Failure) -> PatientID {
    guard key.count == 1, let id = PatientID(key[0]) else { throw PageCursor.foreign }
    return id
  }

  /// Opens the records that are shown and notes each of them.
  static func page(
    _ rows: Rows, _ place: ListPlace, _ shape: RowShape, _ call: inout WriteCall, total: Int
  ) throws -> PatientPage {
    let patients = try rows.prefix(place.limit).map { try Patient($0, call) }
    call.saw(patients.map(\.id))
    let page = try place.page(rows: rows.count, total: total) {
      [try rows[place.limit - 1].decode("id", as: PatientID.self).text]
    }
    return PatientPage(patients.map { $0.json(shape) }, page: page)
  }
}
