package import Core
package import Operations
import Postgres

/// Shows to whoever booked by a link how his appointment stands, and his place when he has come.
package struct TrackBooking: WriteOperation {
  package let token: CareToken

  package static let contract = Contract(
    name: "publicBooking.track", route: .post("/public-bookings/status"), summary: "Follow what was booked by a link",
    message: "Your appointment.", access: .everyone,
    limit: RateLimit("publicBooking.read", max: 120, windowSeconds: 60), mode: .write,
    audit: .refusalsOnly(category: .scheduling), cache: .never, answersWithSecret: true, provesIdentity: true,
    namesPatients: true)

  package func run(_ call: inout WriteCall) async throws -> TrackedBooking {
    let appointment = try await call.tracked(token)
    return TrackedBooking(appointment, try await call.standing(token))
  }
}

/// Gives up what was booked by a link.
package struct CancelTrackedBooking: WriteOperation {
  package let token: CareToken

  package static let contract = Contract(
    name: "publicBooking.cancel", route: .post("/public-bookings/cancellation"),
    summary: "Give up what was booked by a link", message: "Your appointment is cancelled.", access: .everyone,
    limit: RateLimit("publicBooking.book", max: 20, windowSeconds: 60), mode: .write,
    audit: .row(action: "appointment_cancelled_by_link", category: .scheduling), cache: .never,
    answersWithSecret: true, provesIdentity: true, namesPatients: true)

  package func run(_ call: inout WriteCall) async throws -> TrackedBooking {
    let appointment = try await call.tracked(token)
    return TrackedBooking(try await BookingDesk.release(appointment.id, cause: .patient, &call), nil)
  }
}

/// Gives the code that whoever booked by a link shows at the desk.
package struct GetTrackedCode: WriteOperation {
  package let token: CareToken

  package static let contract = Contract(
    name: "publicBooking.getCheckInCode", route: .post("/public-bookings/check-in-code", status: 201),
    summary: "Ask for a code to show at the desk", message: "Your code.", access: .everyone,
    limit: RateLimit("publicBooking.read", max: 120, windowSeconds: 60), mode: .write,
    audit: .row(action: "check_in_code_given", category: .scheduling), cache: .never, answersWithSecret: true,
    provesIdentity: true)

  package func run(_ call: inout WriteCall) async throws -> CheckInCode {
    let appointment = try await call.tracked(token)
    return try CheckInCode.give(appointment.id, &call)
  }
}

/// What the holder of a link is told of his appointment.
package struct TrackedBooking: Record {
  package let status: AppointmentStatusWord
  package let service: ServiceName
  package let startsAt: Timestamp
  package let endsAt: Timestamp
  package let doctorName: NameText?
  /// Only for who has come.
  package let number: QueueCount?
  package let position: QueueCount?
  package let waitMinutes: QueueCount?

  init(_ appointment: Appointment, _ standing: QueueStanding?) {
    status = AppointmentStatusWord(rawValue: appointment.status.rawValue) ?? .scheduled
    service = ServiceName(unchecked: appointment.service)
    startsAt = appointment.startsAt
    endsAt = appointment.endsAt
    doctorName = appointment.doctorName.map { NameText(unchecked: $0) }
    number = standing.map { QueueCount(unchecked: $0.number) }
    position = standing.map { QueueCount(unchecked: $0.position) }
    waitMinutes = standing.map { QueueCount(unchecked: $0.waitMinutes) }
  }
}

extension WriteCall {
  /// The appointment that a link follows, in its hospital.
  fileprivate mutating func tracked(_ token: CareToken) async throws -> Appointment {
    let ticket = try CareTicket.open(token.text, as: .tracking, secrets, now: now)
    enter(ticket.hospital)
    let id = AppointmentID(rawValue: ticket.thing.rawValue)
    guard let row = try await transaction.query(AppointmentQueries.find(id, in: ticket.hospital)).first else {
      throw Failure(.unauthorized, "This link is not valid.")
    }
    let appointment = try Appointment(row, secrets)
    audit.resource("appointment", id)
    saw(appointment.patient)
    return appointment
  }

  fileprivate func standing(_ token: CareToken) async throws -> QueueStanding? {
    let ticket = try CareTicket.open(token.text, as: .tracking, secrets, now: now)
    let of = DayQueueQueries.of(AppointmentID(rawValue: ticket.thing.rawValue))
    return try await transaction.query(DayQueueQueries.standing(of, in: ticket.hospital)).first.map {
      try QueueStanding($0)
    }
  }
}
