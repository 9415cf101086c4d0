package import Core
package import Operations

/// Gives an appointment up; its time is free at once.
package struct CancelAppointment: WriteOperation {
  package let appointmentId: AppointmentID
  package let cause: CancelCause?
  package let reason: ShortText?
  package let version: AppointmentVersion?

  package static let contract = Contract(
    name: "appointments.cancel", route: .post("/appointments/{appointmentId}/cancellation"),
    summary: "Cancel an appointment", message: "The appointment is cancelled.",
    access: .permission(.manageAppointments), limit: .standard, mode: .write,
    audit: .row(action: "appointment_cancelled", category: .scheduling), cache: .never, namesPatients: true)

  package func run(_ call: inout WriteCall) async throws -> Document<AppointmentKind> {
    let cause = cause ?? .clinic
    call.audit.details["cause"] = .string(cause.rawValue)
    return try await BookingDesk.release(
      appointmentId, cause: cause, reason: reason?.text, version: version?.value, &call
    ).document
  }
}

/// Gives one's own appointment up.
package struct CancelOwnAppointment: WriteOperation {
  package let appointmentId: AppointmentID
  package let reason: ShortText?

  package static let contract = Contract(
    name: "appointments.cancelMine", route: .post("/my-appointments/{appointmentId}/cancellation"),
    summary: "Cancel one's own appointment", message: "Your appointment is cancelled.",
    access: .permission(.bookAppointments), limit: .standard, mode: .write,
    audit: .row(action: "appointment_cancelled", category: .scheduling), cache: .never, namesPatients: true)

  package func run(_ call: inout WriteCall) async throws -> Document<AppointmentKind> {
    _ = try await call.ownAppointment(appointmentId)
    call.audit.details["cause"] = .string(CancelCause.patient.rawValue)
    return try await BookingDesk.release(appointmentId, cause: .patient, reason: reason?.text, &call).document
  }
}
