package import Core
package import Operations
import Postgres

/// Makes a link by which people without an account book with a doctor. Its token is shown only now.
package struct CreateBookingLink: WriteOperation {
  package let doctorId: UserID
  package let service: ServiceName
  /// In 30 days where it is not given; within a year.
  package let expiresAt: Timestamp?
  package let mostBookings: LinkBookings?

  package static let contract = Contract(
    name: "publicBooking.createLink", route: .post("/booking-links", status: 201),
    summary: "Make a link to book by without an account", message: "The link is made. Its token is shown only now.",
    access: .permission(.manageAppointments), limit: .standard, mode: .write,
    audit: .row(action: "booking_link_made", category: .scheduling), cache: .never, answersWithSecret: true)

  package struct Output: Record {
    package let id: BookingLinkID
    package let token: CareToken
    package let expiresAt: Timestamp
  }

  package func run(_ call: inout WriteCall) async throws -> Output {
    let hospital = try call.hospital.id
    let until = expiresAt ?? call.now.adding(seconds: 30 * 86_400)
    var problems: [FieldProblem] = []
    if until <= call.now || until > call.now.adding(seconds: 366 * 86_400) {
      problems.append(FieldProblem(path: "expiresAt", message: "must lie within a year", rule: "range"))
    }
    let known = Services.shipped.named(service.text)
    if known == nil { problems.append(Services.shipped.unknown(service.text)) }
    let role = try await call.transaction.query(WaitingQueries.role(of: doctorId, in: hospital)).first
    if let role {
      if let known, try !known.roles.contains(role.decode("role", as: String.self)) {
        problems.append(FieldProblem(path: "doctorId", message: "does not do this service", rule: "role"))
      }
    } else {
      problems.append(FieldProblem(path: "doctorId", message: "refers to nobody in this hospital", rule: "exists"))
    }
    guard problems.isEmpty else { throw Failure.invalid(problems) }
    let id = BookingLinkID.new(at: call.now)
    call.transaction.queue(BookingLinkQueries.insert(id, self, until: until, in: hospital, by: try call.person))
    call.audit.resource("booking_link", id)
    let ticket = CareTicket(.booking, Identifier(rawValue: id.rawValue), in: hospital, until: until)
    return Output(id: id, token: CareToken(unchecked: ticket.token(call.secrets)), expiresAt: ticket.expiresAt)
  }
}

/// How often a link can be booked by: 1 to 10,000.
package struct LinkBookings: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 1...10_000 }
}

/// Lists the links of a hospital.
package struct ListBookingLinks: ReadOperation {
  package let paging: Paging<BookingLinkKind>

  package static let contract = Contract(
    name: "publicBooking.listLinks", route: .get("/booking-links"), summary: "List links to book by",
    message: "The links.", access: .permission(.manageAppointments), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .scheduling), cache: .never)

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: ReadCall) async throws -> Documents<BookingLinkKind> {
    try await call.documents(BookingLinkQueries.list(in: try call.hospital.id), paging, named: "booking links")
  }
}

/// Withdraws a link; what was booked by it stays.
package struct RevokeBookingLink: WriteOperation {
  package let bookingLinkId: BookingLinkID

  package static let contract = Contract(
    name: "publicBooking.revokeLink", route: .delete("/booking-links/{bookingLinkId}"),
    summary: "Withdraw a link to book by", message: "Nobody books by this link any more.",
    access: .permission(.manageAppointments), limit: .standard, mode: .write,
    audit: .row(action: "booking_link_revoked", category: .scheduling), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<BookingLinkKind> {
    let rows = try await call.transaction.query(BookingLinkQueries.revoke(bookingLinkId, in: try call.hospital.id))
    guard let row = rows.first else { throw Failure.notFound("link") }
    call.audit.resource("booking_link", bookingLinkId)
    return try Document(row)
  }
}
