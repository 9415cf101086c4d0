package import Core
package import Operations
import Postgres
package import Tenancy

/// Books appointments that come again after a rule.
package struct CreateSeries: WriteOperation {
  package let patientId: PatientID
  package let doctorId: UserID
  package let service: ServiceName
  package let startsAt: Timestamp
  package let rule: RecurrenceRule
  package let minutes: VisitMinutes?
  package let locationId: LocationID?
  /// True: what is not free is left out; else nothing is booked where one is not.
  package let skipsConflicts: Bool?

  package static let contract = Contract(
    name: "appointments.createSeries", aliases: ["appointments.recurring"],
    route: .post("/appointment-series", status: 201), summary: "Book appointments that come again",
    message: "The series is booked.", access: .permission(.manageAppointments), limit: .standard, mode: .write,
    audit: .row(action: "appointment_series_booked", category: .scheduling), cache: .never, namesPatients: true)

  package func run(_ call: inout WriteCall) async throws -> Document<SeriesKind> {
    guard let known = Services.shipped.named(service.text) else {
      throw Failure.invalid([Services.shipped.unknown(service.text)])
    }
    let series = NewSeries(
      id: SeriesID.new(at: call.now), patient: patientId, doctor: doctorId, service: service.text, rule: rule,
      start: startsAt, minutes: minutes.map { Int($0.value) } ?? known.minutes, location: locationId)
    try await call.mustKnow(patient: patientId, doctor: doctorId, location: locationId)
    try await SeriesDesk.book(series, skipsConflicts: skipsConflicts ?? false, &call)
    return try await SeriesDesk.show(series.id, &call)
  }
}

/// Shows a series with its appointments.
package struct GetSeries: WriteOperation {
  package let seriesId: SeriesID

  package static let contract = Contract(
    name: "appointments.getSeries", route: .get("/appointment-series/{seriesId}"), summary: "Show a series",
    message: "The series.", access: .permission(.viewAppointments), limit: .standard, mode: .read,
    audit: .reads(action: "appointment_series_viewed"), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<SeriesKind> {
    try await SeriesDesk.show(seriesId, &call)
  }
}

/// Changes this and the following appointments of a series: they are given back and booked anew at the new time, as a
/// series that continues this one. What was before stays.
package struct UpdateSeries: WriteOperation {
  package let seriesId: SeriesID
  package let version: HoursVersion
  /// The first appointment that changes begins at this moment or after it.
  package let from: Timestamp
  /// When that one begins then.
  package let startsAt: Timestamp
  /// Nil: as before, for as many times as were left.
  package let rule: RecurrenceRule?
  package let doctorId: UserID?
  package let minutes: VisitMinutes?
  package let skipsConflicts: Bool?

  package static let contract = Contract(
    name: "appointments.updateSeries", route: .patch("/appointment-series/{seriesId}"),
    summary: "Change this and the following appointments", message: "The series goes on as the new one.",
    access: .permission(.manageAppointments), limit: .standard, mode: .write,
    audit: .row(action: "appointment_series_changed", category: .scheduling), cache: .never, namesPatients: true)

  package func run(_ call: inout WriteCall) async throws -> Document<SeriesKind> {
    let before = try await SeriesDesk.lock(seriesId, version: version, call)
    try await call.mustKnow(patient: before.patient, doctor: doctorId ?? before.doctor, location: nil)
    let left = try await SeriesDesk.release(seriesId, from: max(from, call.now), &call)
    guard left > 0 else { throw Failure(.conflict, "Nothing of the series lies ahead of this time.") }
    call.transaction.queue(SeriesQueries.end(seriesId, in: try call.hospital.id, isOver: false))
    var next = NewSeries(
      id: SeriesID.new(at: call.now), patient: before.patient, doctor: doctorId ?? before.doctor,
      service: before.service, rule: rule ?? before.rule.ending(after: left), start: startsAt,
      minutes: minutes.map { Int($0.value) } ?? before.minutes, location: before.location)
    next.continues = seriesId
    try await SeriesDesk.book(next, skipsConflicts: skipsConflicts ?? false, &call)
    return try await SeriesDesk.show(next.id, &call)
  }
}

/// Cancels what of a series lies ahead; what was, and what has begun, stays.
package struct CancelSeries: WriteOperation {
  package let seriesId: SeriesID
  package let version: HoursVersion?

  package static let contract = Contract(
    name: "appointments.cancelSeries", route: .post("/appointment-series/{seriesId}/cancellation"),
    summary: "Cancel what lies ahead of a series", message: "What lies ahead is cancelled.",
    access: .permission(.manageAppointments), limit: .standard, mode: .write,
    audit: .row(action: "appointment_series_cancelled", category: .scheduling), cache: .never, namesPatients: true)

  package func run(_ call: inout WriteCall) async throws -> Document<SeriesKind> {
    _ = try await SeriesDesk.lock(seriesId, version: version, call)
    let count = try await SeriesDesk.release(seriesId, from: call.now, &call)
    call.transaction.queue(SeriesQueries.end(seriesId, in: try call.hospital.id, isOver: true))
    call.audit.details["cancelled"] = .integer(Int64(count))
    return try await SeriesDesk.show(seriesId, &call)
  }
}

extension WriteCall {
  /// Names everything that the hospital does not have, before anything is written.
  fileprivate func mustKnow(patient: PatientID, doctor: UserID, location: LocationID?) async throws {
    let hospital = try hospital.id
    var problems: [FieldProblem] = []
    func foreign(_ path: String) {
      problems.append(FieldProblem(path: path, message: "refers to nothing in this hospital", rule: "exists"))
    }
    if try await transaction.query(PreferenceQueries.show(patient, in: hospital)).isEmpty { foreign("patientId") }
    if try await transaction.query(AvailabilityQueries.isStaff(doctor, in: hospital)).isEmpty { foreign("doctorId") }
    if let location, try await transaction.query(AvailabilityQueries.locations([location], in: hospital)).isEmpty {
      foreign("locationId")
    }
    guard problems.isEmpty else { throw Failure.invalid(problems) }
  }
}
