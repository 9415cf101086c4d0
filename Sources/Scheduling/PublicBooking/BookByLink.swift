package import Core
package import Operations
package import Tenancy
package import Patients
import Postgres

/// Shows to whoever holds a link where it leads; the token stands in the body and in no URL.
package struct ShowBookingLink: WriteOperation {
  package let token: CareToken

  package static let contract = Contract(
    name: "publicBooking.getDetails", route: .post("/public-bookings/details"), summary: "Show where a link leads",
    message: "Where the link leads.", access: .everyone,
    limit: RateLimit("publicBooking.read", max: 120, windowSeconds: 60), mode: .write,
    audit: .refusalsOnly(category: .scheduling), cache: .never, answersWithSecret: true, provesIdentity: true)

  package struct Output: Record {
    package let hospitalName: NameText
    package let doctorName: NameText?
    package let service: ServiceName
    package let minutes: AppointmentMinutes
    package let expiresAt: Timestamp
  }

  package func run(_ call: inout WriteCall) async throws -> Output {
    let (_, row, service) = try await call.bookingLink(token)
    return Output(
      hospitalName: NameText(unchecked: try row.decode("hospital_name")),
      doctorName: try row.decode("doctor_name", as: String?.self).map { NameText(unchecked: $0) },
      service: ServiceName(unchecked: service.name), minutes: AppointmentMinutes(unchecked: Int64(service.minutes)),
      expiresAt: try row.decode("expires_at"))
  }
}

/// Books by a link, for somebody who has no account: a record is made for him, and he is given a link to follow.
package struct BookByLink: WriteOperation {
  package let token: CareToken
  package let name: PatientName
  package let phone: PhoneNumber
  package let email: EmailAddress?
  package let startsAt: Timestamp
  package let reason: ShortText?

  package static let contract = Contract(
    name: "publicBooking.book", route: .post("/public-bookings", status: 201), summary: "Book by a link",
    message: "Your appointment is booked. The link to follow it is shown only now.", access: .everyone,
    limit: RateLimit("publicBooking.book", max: 20, windowSeconds: 60), mode: .write,
    audit: .row(action: "appointment_booked_by_link", category: .scheduling), cache: .never, answersWithSecret: true,
    provesIdentity: true, namesPatients: true)

  /// How long the link to follow is good.
  static let trackingSeconds: Int64 = 2 * 86_400

  package struct Output: Record {
    package let status: AppointmentStatusWord
    package let startsAt: Timestamp
    package let endsAt: Timestamp
    package let trackingToken: CareToken
    package let trackingUntil: Timestamp
  }

  package func run(_ call: inout WriteCall) async throws -> Output {
    let (ticket, row, service) = try await call.bookingLink(token, locks: true)
    guard try row.decode("has_room", as: Bool.self) else { throw Failure(.conflict, "Nothing is left to book here.") }
    let patient = try await PatientIntake.take(name: name, phone: phone, email: email, &call)
    var request = BookingRequest(
      patient: patient, doctor: try row.decode("doctor_id"), service: service.name, start: startsAt)
    if let reason, service.fields.contains(where: { $0.name == "reason" }) {
      request.details = ServiceDetails([.init("reason", .string(reason.text))])
    }
    let appointment = try await BookingDesk.book(request, &call).appointment
    call.transaction.queue(
      BookingLinkQueries.count(BookingLinkID(rawValue: ticket.thing.rawValue), in: ticket.hospital))
    call.audit.resource("appointment", appointment.id)
    let tracking = CareTicket(
      .tracking, Identifier(rawValue: appointment.id.rawValue), in: ticket.hospital,
      until: call.now.adding(seconds: Self.trackingSeconds))
    return Output(
      status: AppointmentStatusWord(rawValue: appointment.status.rawValue) ?? .scheduled,
      startsAt: appointment.startsAt, endsAt: appointment.endsAt,
      trackingToken: CareToken(unchecked: tracking.token(call.secrets)), trackingUntil: tracking.expiresAt)
  }
}

extension WriteCall {
  /// Goes on in the hospital of a link that holds, with the link and its service.
  fileprivate mutating func bookingLink(
    _ token: CareToken, locks: Bool = false
  ) async throws -> (CareTicket, Row, Service) {
    let ticket = try CareTicket.open(token.text, as: .booking, secrets, now: now)
    enter(ticket.hospital)
    let rows = try await transaction.query(
      BookingLinkQueries.find(BookingLinkID(rawValue: ticket.thing.rawValue), in: ticket.hospital, locks: locks))
    guard let row = rows.first, let service = Services.shipped.named(try row.decode("service")) else {
      throw Failure(.unauthorized, "This link is not valid.")
    }
    return (ticket, row, service)
  }
}
