import Core
import Operations
import Postgres
import Tenancy

/// What a series is made of.
struct NewSeries {
  let id: SeriesID
  let patient: PatientID
  let doctor: UserID
  let service: String
  let rule: RecurrenceRule
  let start: Timestamp
  let minutes: Int
  let location: LocationID?
  var timeZone = "UTC"
  var continues: SeriesID?
}

/// Books appointments that come again: each as every appointment is booked, all in one transaction.
enum SeriesDesk {
  /// What stands in the way of each instance is named; none is booked then, or, if wanted, the others are.
  static func book(_ series: NewSeries, skipsConflicts: Bool, _ call: inout WriteCall) async throws {
    let hospital = try call.hospital.id
    let (zone, name) = try await zone(of: series, call)
    let start = zone.local(series.start)
    let times = series.rule.times(from: start)
    guard times.first == start else {
      throw Failure.invalid("startsAt", "must be the first time of the rule", rule: "consistent")
    }
    guard times.count <= RecurrenceRule.most else {
      throw Failure.invalid("rule", "must come at most \(RecurrenceRule.most) times", rule: "range")
    }
    var kept = series
    kept.timeZone = name
    call.transaction.queue(SeriesQueries.insert(kept, in: hospital, by: call.caller?.userID))
    var conflicts: [JSONValue] = []
    for time in times {
      let at = zone.recurrence(local: time)
      var request = BookingRequest(patient: series.patient, doctor: series.doctor, service: series.service, start: at)
      request.minutes = series.minutes
      request.location = series.location
      request.series = series.id
      do {
        let booking = try await BookingDesk.book(request, &call)
        if !booking.isNew {
          conflicts.append(["startsAt": at.json, "message": "The same is booked already.", "conflicts": []])
        }
      } catch let failure as Failure where failure.code == .conflict {
        conflicts.append([
          "startsAt": at.json, "message": .string(failure.message),
          "conflicts": failure.details["conflicts"] ?? [],
        ])
      }
    }
    guard conflicts.isEmpty || skipsConflicts && conflicts.count < times.count else {
      throw Failure(
        .conflict, "\(conflicts.count) of \(times.count) times are not free.", details: ["instances": .array(conflicts)]
      )
    }
    call.audit.details["instances"] = .integer(Int64(times.count - conflicts.count))
    call.audit.details["conflicts"] = .integer(Int64(conflicts.count))
  }

  /// The clocks by which a series is counted: those of its place.
  private static func zone(of series: NewSeries, _ call: WriteCall) async throws -> (ZoneOffsets, String) {
    let clocks = try await HospitalClocks(
      try await call.transaction.query(AvailabilityQueries.places(in: try call.hospital.id)), from: series.start,
      to: series.start.adding(seconds: 3 * 366 * 86_400)
    ) { try await call.transaction.query($0) }
    return (clocks.zone(series.location), clocks.name(series.location))
  }

  /// Gives back what lies ahead from a moment on; how many that were.
  static func release(_ id: SeriesID, from: Timestamp, _ call: inout WriteCall) async throws -> Int {
    let rows = try await call.transaction.query(SeriesQueries.ahead(id, in: try call.hospital.id, from: from))
    for row in rows {
      _ = try await BookingDesk.release(try row.decode("id"), cause: .series, &call)
    }
    return rows.count
  }

  static func show(_ id: SeriesID, _ call: inout WriteCall) async throws -> Document<SeriesKind> {
    let rows = try await call.transaction.query(SeriesQueries.show(id, in: try call.hospital.id))
    guard let row = rows.first else { throw Failure.notFound("series") }
    call.audit.resource("appointment_series", id)
    let patient = try row.decode("patientId", as: PatientID.self)
    if call.audit.patientID != patient { call.saw(patient) }
    return try Document(row)
  }

  /// The series, locked, if it is active and nobody has changed it since.
  static func lock(_ id: SeriesID, version: HoursVersion?, _ call: WriteCall) async throws -> NewSeries {
    let rows = try await call.transaction.query(SeriesQueries.find(id, in: try call.hospital.id, locks: true))
    guard let row = rows.first else { throw Failure.notFound("series") }
    if let version, try row.decode("version", as: Int64.self) != version.value {
      throw Failure(.conflict, "The series was changed meanwhile. Read it again.")
    }
    guard try row.decode("status", as: String.self) == "active" else {
      throw Failure(.conflict, "The series is cancelled.")
    }
    return NewSeries(
      id: id, patient: try row.decode("patient_id"), doctor: try row.decode("doctor_id"),
      service: try row.decode("service"), rule: RecurrenceRule(unchecked: try row.decode("rule")), start: call.now,
      minutes: try row.decode("minutes"), location: try row.decode("location_id"))
  }
}
