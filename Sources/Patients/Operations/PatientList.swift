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
    let rows = try await call.transaction.query(
      PatientQueries.list(filter, in: hospital, scope, after: after, limit: place.limit, skip: place.skip))
    var total: Int?
    // More than a page, or a place that is not the beginning: only then is it worth counting.
    if rows.count > place.limit || place.offset > 0 {
      total = try await call.transaction.query(PatientQueries.count(filter, in: hospital, scope)).first?.decode("total")
    }
    return try page(rows, place, paging.shape, &call, total: total)
  }

  static func key(_ key: [String]) throws(Failure) -> PatientID {
    guard key.count == 1, let id = PatientID(key[0]) else { throw PageCursor.foreign }
    return id
  }

  /// Opens the records that are shown and notes each of them.
  static func page(
    _ rows: Rows, _ place: ListPlace, _ shape: RowShape, _ call: inout WriteCall, total: Int?
  ) throws -> PatientPage {
    let patients = try rows.prefix(place.limit).map { try Patient($0, call) }
    call.saw(patients.map(\.id))
    let page = try place.page(rows: rows.count, total: total) {
      [try rows[place.limit - 1].decode("id", as: PatientID.self).text]
    }
    return PatientPage(patients.map { $0.json(shape) }, page: page)
  }
}
