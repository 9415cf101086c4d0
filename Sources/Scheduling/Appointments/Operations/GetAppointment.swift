package import Core
package import Operations
import Postgres

/// Shows one appointment with what was asked at booking.
package struct GetAppointment: WriteOperation {
  package let appointmentId: AppointmentID

  package static let contract = Contract(
    name: "appointments.get", route: .get("/appointments/{appointmentId}"), summary: "Show an appointment",
    message: "The appointment.", access: .permission(.viewAppointments),
    limit: RateLimit("appointments.get", max: 300, windowSeconds: 60), mode: .read,
    audit: .reads(action: "appointment_viewed"), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<AppointmentKind> {
    let rows = try await call.transaction.query(AppointmentQueries.find(appointmentId, in: try call.hospital.id))
    guard let row = rows.first else { throw Failure.notFound("appointment") }
    let appointment = try Appointment(row, call.secrets)
    BookingDesk.note(appointment, &call)
    return appointment.document
  }
}
