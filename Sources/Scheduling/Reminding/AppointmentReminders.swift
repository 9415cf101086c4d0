import Core
import Notifications
import Operations
import Postgres

/// The reminders of appointments: written when one is booked, moved and taken back with it, in the same transaction.
package enum AppointmentReminders {
  static func follow(_ change: AppointmentChange, _ call: inout WriteCall) async throws {
    let appointment = change.appointment
    switch appointment.status {
    // Who holds a place has not said yes.
    case .held: break
    case .scheduled, .confirmed:
      // A yes changes nothing about the time; it is the first word only for what was held.
      if change.step == "moved" { call.transaction.queue(cancelling(appointment)) }
      guard change.step != "confirmed" else {
        let rows = try await call.transaction.query(
          ReminderTieQueries.known(appointment.id, in: appointment.hospital))
        if rows.isEmpty { try schedule(appointment, &call) }
        return
      }
      try schedule(appointment, &call)
    case .checkedIn, .inProgress, .completed, .cancelled, .noShow, .expired:
      call.transaction.queue(cancelling(appointment))
    }
  }

  /// One for each time before it that still lies ahead.
  private static func schedule(_ appointment: Appointment, _ call: inout WriteCall) throws {
    guard let service = Services.shipped.named(appointment.service) else { return }
    let times = service.reminderMinutes.map { appointment.startsAt.adding(seconds: -Int64($0) * 60) }
    let reminders = try Reminders.schedule(
      times.filter { $0 > call.now }.map {
        NewReminder(
          .appointment, to: .patient(appointment.patient), at: $0, eventAt: appointment.startsAt,
          values: appointment.doctorName.map { ["with": .string($0)] } ?? .object([]))
      }, &call)
    guard !reminders.isEmpty else { return }
    call.transaction.queue(ReminderTieQueries.tie(reminders, to: appointment.id, in: appointment.hospital))
  }

  private static func cancelling(_ appointment: Appointment) -> SQL {
    ReminderTieQueries.cancel(of: appointment.id, in: appointment.hospital)
  }
}
