package import Core
package import Operations
import Postgres

/// One step in the life of an appointment, and what every step leaves behind.
package struct AppointmentChange: Sendable {
  /// As it is after the step.
  package let appointment: Appointment
  /// `booked`, `moved`, or the status that it came to.
  package let step: String
  /// A word, never what somebody wrote.
  package var reason: String?
  /// Where it was before, if it was moved.
  package var formerTime: (start: Timestamp, end: Timestamp)?

  /// A row of the history, the event, and what others in this module do in the same transaction.
  func leave(_ call: inout WriteCall) async throws {
    call.transaction.queue(AppointmentQueries.insertStep(self, by: call.caller?.userID, at: call.now))
    call.emit(Event("appointment:updated", to: rooms, payload: payload))
    for follow in AppointmentFollowers.all { try await follow(self, &call) }
  }

  /// The desk's, the doctor's and the patient's own.
  private var rooms: [Room] {
    [.appointments(appointment.hospital)]
      + ([appointment.doctor, appointment.patientAccount].compactMap { $0 }).map(Room.user)
  }

  /// Ids and times only.
  private var payload: JSONValue {
    [
      "appointmentId": .string(appointment.id.text), "doctorId": .string(appointment.doctor.text),
      "status": .string(appointment.status.rawValue), "startsAt": appointment.startsAt.json,
      "version": .integer(appointment.version),
    ]
  }
}

/// What follows each step of an appointment in its transaction: one line for each.
package enum AppointmentFollowers {
  package typealias Follower = @Sendable (AppointmentChange, inout WriteCall) async throws -> Void

  static let all: [Follower] = FlowFollowers.all
}

/// A time that became free, for whoever waits for one: the job that tells of it.
package enum FreedTime {
  package static let queue = "waiting-list"
  package static let jobKind = "appointment.freed"

  static func job(_ appointment: Appointment, from start: Timestamp, to end: Timestamp) -> Job {
    Job(
      queue: queue, kind: jobKind,
      payload: [
        "appointment": .string(appointment.id.text), "doctor": .string(appointment.doctor.text),
        "service": .string(appointment.service), "startsAt": start.json, "endsAt": end.json,
        "location": appointment.location.map { .string($0.text) } ?? .null,
      ])
  }
}
