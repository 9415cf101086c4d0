import Core
package import Jobs
import Operations
import Postgres
import Tenancy

/// What a change of hours means: the open minutes of the next weeks, and which appointments the hours no longer hold.
/// Computed by a job after each change; what is kept of it elsewhere is forgotten with the same transaction.
package enum AvailabilityOverview {
  package static let jobKind = "availability.recompute"
  static let days: Int64 = 28
  /// How far ahead appointments are looked at.
  static let horizonDays: Int64 = 180
  static let mostOutside = 100

  package static let handler = JobHandler(queue: "doctor-availability", kind: jobKind) { job, call in
    guard let text = job.payload["doctorId"]?.text, let doctor = UserID(text) else {
      throw JobTrouble("the job names no doctor", isFinal: true)
    }
    try await recompute(doctor, &call)
  }

  static func recompute(_ doctor: UserID, _ call: inout WriteCall) async throws {
    guard let hospital = call.tenant else { throw JobTrouble("the job is of no hospital", isFinal: true) }
    // After the lock, so that the last of several changes is the one that stays.
    let locked = try await call.transaction.query(AvailabilityQueries.lockResource(of: doctor, in: hospital))
    guard let resource = try locked.first?.decode("id", as: ResourceID.self) else { return }
    let end = call.now.adding(seconds: horizonDays * 86_400)
    let book = try await call.openingBook(.one(doctor), from: call.now, to: end)
    guard let person = book.person(doctor) else { return }
    let rows = try await call.transaction.query(
      AvailabilityQueries.upcoming(of: doctor, in: hospital, from: call.now, to: end))
    var outside: [AppointmentID] = []
    for row in rows where outside.count < mostOutside {
      let span = TimeSpan(from: try row.decode("starts_at"), to: try row.decode("ends_at"))
      if !book.closed(person, in: span).isEmpty { outside.append(try row.decode("id")) }
    }
    call.transaction.queue(
      AvailabilityQueries.keepOverview(
        of: resource, in: hospital, days: JSONB(text: days(of: person, book, from: call.now).encoded), outside: outside,
        at: call.now))
  }

  /// Open minutes by the day of the hospital's clocks.
  private static func days(of person: OpeningBook.Person, _ book: OpeningBook, from now: Timestamp) -> JSONValue {
    let zone = book.zone(nil)
    let today = ZoneOffsets.floor(zone.local(now), by: 86_400)
    let open = book.open(person, from: now.adding(seconds: -86_400), to: now.adding(seconds: (days + 2) * 86_400))
    return .array(
      (today..<today + days).map { day in
        let minutes = zone.times(local: day * 86_400, to: (day + 1) * 86_400).map { piece in
          open.reduce(0) { $0 + $1.span.minutes(in: .init(from: piece.from, to: piece.to)) }
        }
        let date = Timestamp(microseconds: 0).adding(seconds: day * 86_400).rfc3339.prefix(10)
        return ["date": .string(String(date)), "minutes": .integer(Int64(minutes.reduce(0, +)))]
      })
  }
}

extension WriteCall {
  /// Asks for the overview anew, after the commit.
  mutating func recomputesAvailability(of doctor: UserID) throws {
    try enqueue(
      Job(
        queue: "doctor-availability", kind: AvailabilityOverview.jobKind,
        payload: ["doctorId": .string(doctor.text)]))
  }
}
