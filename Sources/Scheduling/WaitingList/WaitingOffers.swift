import Core
package import Jobs
import Notifications
import Operations
import Postgres

/// A time that became free.
struct FreeTime {
  let doctor: UserID
  let start: Timestamp
  let end: Timestamp

  var minutes: Int { Int((end.microseconds - start.microseconds) / 60_000_000) }

  /// What ``FreedTime`` told.
  init(_ payload: JSONValue) throws {
    guard let doctor = payload["doctor"]?.text.flatMap({ UserID($0) }),
      let start = payload["startsAt"]?.text.flatMap({ Timestamp(rfc3339: $0) }),
      let end = payload["endsAt"]?.text.flatMap({ Timestamp(rfc3339: $0) })
    else { throw JobTrouble("unknown time", isFinal: true) }
    self.doctor = doctor
    self.start = start
    self.end = end
  }
}

struct WaitingOffer {
  let entry: WaitingEntryID
  let appointment: AppointmentID
  let doctor: UserID
  let start: Timestamp
}

/// Offers times that became free to those who wait, one after the other.
package enum WaitingOffers {
  /// For how long a time is held for somebody; less where it comes soon.
  static let holdSeconds: Int64 = 30 * 60
  /// What begins sooner helps nobody.
  static let leadSeconds: Int64 = 10 * 60

  package static let handler = JobHandler(
    queue: FreedTime.queue, kind: FreedTime.jobKind,
    inTransaction: { job, call in
      guard let hospital = job.hospital else { throw JobTrouble("unknown time", isFinal: true) }
      try await offer(try FreeTime(job.payload), in: hospital, &call)
    })

  private static func offer(_ time: FreeTime, in hospital: HospitalID, _ call: inout WriteCall) async throws {
    let ahead = Int64(time.start.seconds(since: call.now))
    guard ahead > leadSeconds else { return }
    let role = try await call.transaction.query(WaitingQueries.role(of: time.doctor, in: hospital)).first
    guard let role = try role?.decode("role", as: String.self) else { return }
    let services = Services.shipped.all.map(\.service).filter { $0.roles.contains(role) }
    let rows = try await call.transaction.query(
      WaitingQueries.fitting(time, in: hospital, roles: services.map(\.name)))
    guard let row = rows.first else { return }
    let entry: WaitingEntryID = try row.decode("id")
    var request = BookingRequest(
      patient: try row.decode("patientId"), doctor: time.doctor, service: try row.decode("service"), start: time.start)
    request.minutes = try row.decode("minutes")
    request.priority = AppointmentPriority(rawValue: try row.decode("priority")) ?? .normal
    request.holdSeconds = Int(max(60, min(holdSeconds, ahead / 2)))
    let booking: Booking
    do {
      booking = try await BookingDesk.book(request, &call)
    } catch let failure as Failure where failure.code == .conflict {
      // Somebody else was faster.
      return
    }
    let appointment = booking.appointment
    call.transaction.queue(
      WaitingQueries.set(entry, .notified, appointment: appointment.id, in: hospital))
    call.transaction.queue(
      WaitingQueries.noteOffer(
        WaitingOffer(entry: entry, appointment: appointment.id, doctor: time.doctor, start: time.start), in: hospital,
        at: call.now))
    try Reminders.schedule(
      NewReminder(
        .waitingList, to: .patient(appointment.patient), at: call.now, eventAt: appointment.startsAt,
        values: appointment.doctorName.map { ["with": .string($0)] } ?? .object([])), &call)
    var note = AuditRow(system: "waiting_offered", category: .scheduling, hospital: hospital)
    note.note.resource("waiting_entry", entry)
    call.auditRows.append(note)
  }

  /// What was held for somebody is his, or he waits again.
  static func follow(_ change: AppointmentChange, _ call: inout WriteCall) async throws {
    let appointment = change.appointment
    // What was booked just now was offered to nobody yet.
    guard change.step != "booked" else { return }
    switch appointment.status {
    case .scheduled, .confirmed:
      call.transaction.queue(WaitingQueries.settle(appointment.id, taken: true, in: appointment.hospital))
    case .cancelled, .expired:
      call.transaction.queue(WaitingQueries.settle(appointment.id, taken: false, in: appointment.hospital))
    case .held, .checkedIn, .inProgress, .completed, .noShow: break
    }
  }
}
