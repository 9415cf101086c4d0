package import Core
package import Operations

/// Gives an appointment another time; it keeps what it had where that is not free.
package struct MoveAppointment: WriteOperation {
  package let appointmentId: AppointmentID
  package let startsAt: Timestamp
  package let minutes: AppointmentMinutes?
  package let version: AppointmentVersion
  package let overrideReason: ShortText?

  package static let contract = Contract(
    name: "appointments.move", aliases: ["appointments.reschedule"], route: .post("/appointments/{appointmentId}/move"),
    summary: "Move an appointment", message: "The appointment is moved.", access: .permission(.manageAppointments),
    limit: .standard, mode: .write, audit: .row(action: "appointment_moved", category: .scheduling), cache: .never,
    namesPatients: true)

  package func run(_ call: inout WriteCall) async throws -> Document<AppointmentKind> {
    var request = MoveRequest(to: startsAt)
    request.minutes = minutes.map { Int($0.value) }
    request.version = version.value
    request.overrideReason = overrideReason?.text
    return try await BookingDesk.move(appointmentId, to: request, &call).document
  }
}
