package import Core
package import Operations
import Postgres

/// A code that stands for somebody who is here, to be shown as a QR code: good for five minutes.
package struct CheckInCode: Record {
  package let appointmentId: AppointmentID
  package let code: CareToken
  package let expiresAt: Timestamp

  static let seconds: Int64 = 300

  static func give(_ appointment: AppointmentID, _ call: inout WriteCall) throws -> CheckInCode {
    guard let hospital = call.tenant else { throw Failure.internalFault }
    let ticket = CareTicket(
      .checkIn, Identifier(rawValue: appointment.rawValue), in: hospital,
      until: call.now.adding(seconds: seconds))
    call.audit.resource("appointment", appointment)
    return CheckInCode(
      appointmentId: appointment, code: CareToken(unchecked: ticket.token(call.secrets)), expiresAt: ticket.expiresAt)
  }
}

/// Gives the code for somebody else's appointment.
package struct CreateCheckInCode: WriteOperation {
  package let appointmentId: AppointmentID

  package static let contract = Contract(
    name: "checkIn.createCode", route: .post("/appointments/{appointmentId}/check-in-code", status: 201),
    summary: "Make a code to check in with", message: "The code is good for five minutes.",
    access: .permission(.manageAppointments), limit: .standard, mode: .write,
    audit: .row(action: "check_in_code_given", category: .scheduling), cache: .never, answersWithSecret: true)

  package func run(_ call: inout WriteCall) async throws -> CheckInCode {
    let found = AppointmentQueries.find(appointmentId, in: try call.hospital.id)
    guard try await !call.transaction.query(found).isEmpty else { throw Failure.notFound("appointment") }
    return try CheckInCode.give(appointmentId, &call)
  }
}

/// Gives the code for one's own appointment.
package struct GetOwnCheckInCode: WriteOperation {
  package let appointmentId: AppointmentID

  package static let contract = Contract(
    name: "checkIn.getMyCode", route: .post("/my-appointments/{appointmentId}/check-in-code", status: 201),
    summary: "Ask for a code to show at the desk", message: "Your code is good for five minutes.",
    access: .permission(.bookAppointments), limit: .standard, mode: .write,
    audit: .row(action: "check_in_code_given", category: .scheduling), cache: .never, answersWithSecret: true)

  package func run(_ call: inout WriteCall) async throws -> CheckInCode {
    let appointment = try await call.ownAppointment(appointmentId)
    return try CheckInCode.give(appointment.id, &call)
  }
}

/// Checks in whoever shows a code at the desk; a second time is refused.
package struct CheckInByCode: WriteOperation {
  package let code: CareToken

  package static let contract = Contract(
    name: "checkIn.scan", aliases: ["checkIn.processCheckIn"], route: .post("/check-ins", status: 201),
    summary: "Check somebody in by his code", message: "He is checked in.", access: .permission(.manageAppointments),
    limit: .standard, mode: .write, audit: .row(action: "appointment_checked_in", category: .scheduling), cache: .never,
    namesPatients: true)

  package func run(_ call: inout WriteCall) async throws -> Document<AppointmentKind> {
    let ticket = try? CareTicket.open(code.text, as: .checkIn, call.secrets, now: call.now)
    guard let ticket, ticket.hospital == (try call.hospital.id) else {
      throw Failure.invalid("code", "is no code of somebody who is here now", rule: "signature")
    }
    call.audit.details["method"] = "qr"
    let appointment = try await BookingDesk.advance(
      AppointmentID(rawValue: ticket.thing.rawValue), to: .checkedIn, &call)
    return appointment.document
  }
}
