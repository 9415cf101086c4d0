import Core
import FoundationEssentials
package import Jobs
import Operations
import Postgres

/// The sessions of courses: booked by jobs, and ended with their appointments.
package enum CourseSessions {
  private static let jobKind = "course.book"

  static func job(_ number: Int, of course: CourseID, _ service: Service) -> Job {
    Job(
      queue: service.queue, kind: jobKind,
      payload: ["course": .string(course.text), "session": .integer(Int64(number))])
  }

  /// One for each queue of a service that is a course.
  package static let handlers: [JobHandler] =
    Set(Services.shipped.all.map(\.service).filter { $0.sessions > 1 }.map(\.queue)).sorted().map { queue in
      JobHandler(
        queue: queue, kind: jobKind,
        inTransaction: { job, call in
          guard let course = job.payload["course"]?.text.flatMap({ CourseID($0) }), let hospital = job.hospital,
            let number = job.payload["session"]?.whole
          else { throw JobTrouble("unknown session", isFinal: true) }
          try await book(Int(number), of: course, in: hospital, &call)
        })
    }

  /// On the planned day, or on the next that is free before the next session.
  private static func book(
    _ number: Int, of course: CourseID, in hospital: HospitalID, _ call: inout WriteCall
  ) async throws {
    guard let row = try await call.transaction.query(CourseQueries.lock(course, in: hospital)).first,
      try row.decode("status", as: String.self) == CourseStatus.booking.rawValue
    else { return }
    let times = try await call.transaction.query(CourseQueries.planned(number, of: course, in: hospital))
      .map { try $0.decode("starts_at", as: Timestamp.self) }
    guard !times.isEmpty else { return }
    var booked: AppointmentID?
    for time in times where booked == nil && time > call.now {
      var request = BookingRequest(
        patient: try row.decode("patient_id"), doctor: try row.decode("doctor_id"), service: try row.decode("service"),
        start: time)
      request.minutes = try row.decode("minutes")
      request.location = try row.decode("location_id")
      request.resources = try row.decode("resource_ids", as: [UUID].self).map { ResourceID(rawValue: $0) }
      request.course = course
      do {
        booked = try await BookingDesk.book(request, &call).appointment.id
      } catch let failure as Failure where failure.code == .conflict || failure.code == .badRequest {
        // Taken, or a room is closed by now: the next day may do.
        continue
      }
    }
    call.transaction.queue(
      CourseQueries.set(number, of: course, booked == nil ? .failed : .booked, appointment: booked, in: hospital))
    call.transaction.queue(CourseQueries.settle(course, in: hospital))
  }

  static func follow(_ change: AppointmentChange, _ call: inout WriteCall) async throws {
    let appointment = change.appointment
    guard let course = appointment.course else { return }
    switch appointment.status {
    case .completed: call.transaction.queue(CourseQueries.end(appointment.id, .completed, in: appointment.hospital))
    case .cancelled, .noShow, .expired:
      call.transaction.queue(CourseQueries.end(appointment.id, .cancelled, in: appointment.hospital))
    case .held, .scheduled, .confirmed, .checkedIn, .inProgress: return
    }
    call.transaction.queue(CourseQueries.finish(course, in: appointment.hospital))
  }
}
