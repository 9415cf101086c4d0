package import Core
package import Identity
package import Operations
import Postgres
package import Tenancy

/// How the patient of an appointment stands in his doctor's queue; without an entry where he has not come.
package struct QueuePlace: Record {
  package let appointmentId: AppointmentID
  package let doctorId: UserID
  package let date: CivilDate
  package let entryId: QueueEntryID?
  package let number: QueueCount?
  package let state: QueueState?
  /// 1 is the next, 0 for who does not wait.
  package let position: QueueCount
  package let waitMinutes: QueueCount

  init(_ row: Row) throws {
    appointmentId = try row.decode("appointment_id")
    doctorId = try row.decode("doctor_id")
    date = CivilDate(unchecked: try row.decode("day"))
    let standing = row.isNull("id") ? nil : try QueueStanding(row)
    entryId = standing?.entry
    number = standing.map { QueueCount(unchecked: $0.number) }
    state = standing?.state
    position = QueueCount(unchecked: standing?.position ?? 0)
    waitMinutes = QueueCount(unchecked: standing?.waitMinutes ?? 0)
  }
}

/// Shows how the patient of an appointment stands in his doctor's queue.
package struct GetQueuePosition: ReadOperation {
  package let appointmentId: AppointmentID

  package static let contract = Contract(
    name: "queue.getPatientQueuePosition", aliases: ["queue.getPosition"],
    route: .get("/appointments/{appointmentId}/queue-position"), summary: "Show how somebody stands in a queue",
    message: "The place.", access: .permission(.viewAppointments), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .scheduling), cache: .never)

  package func run(_ call: ReadCall) async throws -> QueuePlace {
    try QueuePlace(
      try await call.row(DayQueueQueries.place(of: appointmentId, in: try call.hospital.id), else: "appointment"))
  }
}

/// Gives the token by which somebody follows his place without signing in.
package struct GiveQueueTicket: WriteOperation {
  package let appointmentId: AppointmentID

  package static let contract = Contract(
    name: "queue.giveTicket", route: .post("/appointments/{appointmentId}/queue-ticket", status: 201),
    summary: "Give a ticket to follow a place in a queue", message: "The ticket is given.",
    access: .permission(.manageAppointments), limit: .standard, mode: .write,
    audit: .row(action: "queue_ticket_given", category: .scheduling), cache: .never, answersWithSecret: true)

  package func run(_ call: inout WriteCall) async throws -> QueueTicket {
    try await QueueTicket.give(for: appointmentId, &call)
  }
}

/// The same for one's own appointment.
package struct GetOwnQueueTicket: WriteOperation {
  package let appointmentId: AppointmentID

  package static let contract = Contract(
    name: "queue.getMyTicket", route: .post("/my-appointments/{appointmentId}/queue-ticket", status: 201),
    summary: "Ask for a ticket to follow one's own place", message: "Your ticket.",
    access: .permission(.bookAppointments), limit: .standard, mode: .write,
    audit: .row(action: "queue_ticket_given", category: .scheduling), cache: .never, answersWithSecret: true)

  package func run(_ call: inout WriteCall) async throws -> QueueTicket {
    let appointment = try await call.ownAppointment(appointmentId)
    return try await QueueTicket.give(for: appointment.id, &call)
  }
}

package struct QueueTicket: Record {
  package let place: QueuePlace
  package let token: TokenText
  package let expiresAt: Timestamp

  /// How long it is good; by then the day is over.
  private static let seconds: Int64 = 12 * 3600

  static func give(for appointment: AppointmentID, _ call: inout WriteCall) async throws -> QueueTicket {
    let hospital = try call.hospital.id
    let rows = try await call.transaction.query(DayQueueQueries.place(of: appointment, in: hospital))
    guard let row = rows.first else { throw Failure.notFound("appointment") }
    let place = try QueuePlace(row)
    guard let entry = place.entryId else { throw Failure(.conflict, "Nobody has come for this appointment yet.") }
    let ticket = LineTicket(
      hospital: hospital, line: LineID(rawValue: try row.decode("queue_id", as: DayQueueID.self).rawValue),
      entry: LineEntryID(rawValue: entry.rawValue), expiresAt: call.now.adding(seconds: seconds))
    call.audit.resource("appointment", appointment)
    return QueueTicket(
      place: place, token: TokenText(unchecked: ticket.token(call.secrets)), expiresAt: ticket.expiresAt)
  }
}
