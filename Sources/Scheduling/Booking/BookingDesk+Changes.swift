package import Core
package import Operations
import Postgres

extension BookingDesk {
  /// The appointment, locked until the end of the transaction.
  package static func lock(_ id: AppointmentID, _ call: WriteCall) async throws -> Appointment {
    guard let hospital = call.tenant else { throw Failure.internalFault }
    let rows = try await call.transaction.query(AppointmentQueries.find(id, in: hospital, locks: true))
    guard let row = rows.first else { throw Failure.notFound("appointment") }
    return try Appointment(row, call.secrets)
  }

  /// Carries an appointment on to the next of its steps, if that is one; what it took is free where it is over.
  package static func advance(
    _ id: AppointmentID, to status: AppointmentLife.Status, version: Int64? = nil, _ call: inout WriteCall
  ) async throws -> Appointment {
    let before = try await lock(id, call)
    try before.mustBe(version)
    try before.mustMove(to: status)
    if !status.occupies { call.transaction.queue(AppointmentQueries.free(id, in: before.hospital)) }
    let rows = try await call.transaction.query(AppointmentQueries.advance(id, in: before.hospital, to: status))
    guard let row = rows.first else { throw Failure.internalFault }
    let after = try Appointment(row, call.secrets)
    note(after, &call)
    try await AppointmentChange(appointment: after, step: status.rawValue).leave(&call)
    if !status.occupies, before.endsAt > call.now {
      try call.enqueue(FreedTime.job(after, from: max(before.startsAt, call.now), to: before.endsAt))
    }
    return after
  }

  /// Gives an appointment up: what it took is free with the commit, and whoever waits for a place hears of it.
  package static func release(
    _ id: AppointmentID, cause: CancelCause, reason: String? = nil, version: Int64? = nil,
    as status: AppointmentLife.Status = .cancelled, _ call: inout WriteCall
  ) async throws -> Appointment {
    let before = try await lock(id, call)
    try before.mustBe(version)
    try before.mustMove(to: status)
    var content = before.content
    content.cancelReason = reason ?? content.cancelReason
    call.transaction.queue(AppointmentQueries.free(id, in: before.hospital))
    let rows = try await call.transaction.query(
      AppointmentQueries.end(
        id, in: before.hospital, as: status, cause: cause.rawValue,
        content: try content.sealed(of: id, in: before.hospital, with: call.secrets)))
    guard let row = rows.first else { throw Failure.internalFault }
    let after = try Appointment(row, call.secrets)
    note(after, &call)
    var change = AppointmentChange(appointment: after, step: status.rawValue)
    change.reason = cause.rawValue
    try await change.leave(&call)
    if before.endsAt > call.now {
      try call.enqueue(FreedTime.job(after, from: max(before.startsAt, call.now), to: before.endsAt))
    }
    return after
  }

  /// The audit row's resource, and whose record it is.
  static func note(_ appointment: Appointment, _ call: inout WriteCall) {
    if call.audit.resourceType == nil { call.audit.resource("appointment", appointment.id) }
    if call.audit.patientID != appointment.patient { call.saw(appointment.patient) }
  }
}

extension Appointment {
  /// Throws where somebody else has changed it since.
  func mustBe(_ version: Int64?) throws(Failure) {
    guard let version, version != self.version else { return }
    throw Failure(
      .conflict, "The appointment was changed meanwhile. Read it again.", details: ["version": .integer(self.version)])
  }

  /// Throws where the step is none of the legal ones, which it names.
  func mustMove(to status: AppointmentLife.Status) throws(Failure) {
    var life = self.life
    guard !life.apply(status) else { return }
    let allowed = life.next.map(\.rawValue).sorted()
    let sentence = allowed.isEmpty ? "It is over." : "It can become \(allowed.joined(separator: ", "))."
    throw Failure(
      .conflict, "The appointment is \(self.status.rawValue) and cannot become \(status.rawValue). \(sentence)",
      details: [
        "status": .string(self.status.rawValue), "allowed": .array(allowed.map { .string($0) }),
        "version": .integer(version),
      ])
  }
}
