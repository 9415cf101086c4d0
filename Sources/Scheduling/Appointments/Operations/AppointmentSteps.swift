package import Core
package import Operations

/// Confirms an appointment: it was paid, or somebody said yes.
package struct ConfirmAppointment: WriteOperation {
  package let appointmentId: AppointmentID
  package let version: AppointmentVersion?

  package static let contract = AppointmentStep.contract(
    "confirm", "confirmation", "Confirm an appointment", "The appointment is confirmed.", .manageAppointments,
    "appointment_confirmed")

  package func run(_ call: inout WriteCall) async throws -> Document<AppointmentKind> {
    try await BookingDesk.advance(appointmentId, to: .confirmed, version: version?.value, &call).document
  }
}

/// Notes that the patient is there; a second time is refused.
package struct CheckInAppointment: WriteOperation {
  package let appointmentId: AppointmentID
  package let version: AppointmentVersion?

  package static let contract = AppointmentStep.contract(
    "checkIn", "check-in", "Check a patient in", "The patient is checked in.", .manageAppointments,
    "appointment_checked_in")

  package func run(_ call: inout WriteCall) async throws -> Document<AppointmentKind> {
    try await BookingDesk.advance(appointmentId, to: .checkedIn, version: version?.value, &call).document
  }
}

/// Begins the visit; who comes in person is checked in first.
package struct StartAppointment: WriteOperation {
  package let appointmentId: AppointmentID
  package let version: AppointmentVersion?

  package static let contract = AppointmentStep.contract(
    "start", "beginning", "Begin a visit", "The visit has begun.", .conductVisits, "appointment_started")

  package func run(_ call: inout WriteCall) async throws -> Document<AppointmentKind> {
    try await BookingDesk.advance(appointmentId, to: .inProgress, version: version?.value, &call).document
  }
}

/// Ends the visit; what is left of its time is free.
package struct CompleteAppointment: WriteOperation {
  package let appointmentId: AppointmentID
  package let version: AppointmentVersion?

  package static let contract = AppointmentStep.contract(
    "complete", "completion", "End a visit", "The visit is over.", .conductVisits, "appointment_completed")

  package func run(_ call: inout WriteCall) async throws -> Document<AppointmentKind> {
    try await BookingDesk.advance(appointmentId, to: .completed, version: version?.value, &call).document
  }
}

/// Notes that the patient did not come.
package struct MissAppointment: WriteOperation {
  package let appointmentId: AppointmentID
  package let version: AppointmentVersion?

  package static let contract = AppointmentStep.contract(
    "noShow", "no-show", "Note that a patient did not come", "The patient did not come.", .manageAppointments,
    "appointment_missed")

  package func run(_ call: inout WriteCall) async throws -> Document<AppointmentKind> {
    try await BookingDesk.advance(appointmentId, to: .noShow, version: version?.value, &call).document
  }
}

enum AppointmentStep {
  /// What the contracts of the steps have in common.
  static func contract(
    _ name: String, _ noun: String, _ summary: String, _ message: String, _ permission: Permission, _ action: String
  ) -> Contract {
    Contract(
      name: "appointments.\(name)", route: .post("/appointments/{appointmentId}/\(noun)"), summary: summary,
      message: message, access: .permission(permission), limit: .standard, mode: .write,
      audit: .row(action: action, category: .scheduling), cache: .never, namesPatients: true)
  }
}
