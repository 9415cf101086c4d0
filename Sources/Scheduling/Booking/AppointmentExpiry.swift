import Core
package import Jobs
import Operations
import Postgres

/// Holds that run out: the place is given back at its time, by a job or by whoever wants it before the job came.
package enum AppointmentExpiry {
  static let jobKind = "appointment.expire"

  static func job(_ id: AppointmentID, at time: Timestamp) -> Job {
    var job = Job(queue: "appointment", kind: jobKind, payload: ["appointment": .string(id.text)])
    job.dueAt = time
    job.maxAttempts = 30
    return job
  }

  package static let handler = JobHandler(
    queue: "appointment", kind: jobKind,
    inTransaction: { job, call in
      guard let id = job.payload["appointment"]?.text.flatMap({ AppointmentID($0) }) else {
        throw JobTrouble("unknown appointment", isFinal: true)
      }
      if try await expire(id, &call) { return }
      // The job was due by the database's clock, and this node's may be behind it: nobody else would come again.
      guard let hospital = call.tenant else { throw Failure.internalFault }
      let rows = try await call.transaction.query(AppointmentQueries.find(id, in: hospital, locks: false))
      guard let row = rows.first else { return }
      let appointment = try Appointment(row, call.secrets)
      if appointment.status == .held { throw JobTrouble("the hold lasts yet by this node's clock") }
    })

  /// Ends a hold that has run out by this node's clock; false where it has not, or is none any more.
  static func expire(_ id: AppointmentID, _ call: inout WriteCall) async throws -> Bool {
    guard let hospital = call.tenant else { throw Failure.internalFault }
    let rows = try await call.transaction.query(AppointmentQueries.find(id, in: hospital, locks: true))
    guard let row = rows.first else { return false }
    let before = try Appointment(row, call.secrets)
    guard before.status == .held, let end = before.holdEndsAt, end <= call.now else { return false }
    let content = try before.content.sealed(of: id, in: hospital, with: call.secrets)
    call.transaction.queue(AppointmentQueries.free(id, in: hospital))
    let ended = try await call.transaction.query(
      AppointmentQueries.end(id, in: hospital, as: .expired, cause: nil, content: content))
    guard let row = ended.first else { throw Failure.internalFault }
    let after = try Appointment(row, call.secrets)
    var audit = AuditRow(system: "appointment_expired", category: .scheduling, hospital: hospital)
    audit.note.resource("appointment", id)
    audit.note.patientID = after.patient
    call.auditRows.append(audit)
    try await AppointmentChange(appointment: after, step: after.status.rawValue).leave(&call)
    if before.endsAt > call.now { try call.enqueue(FreedTime.job(after, from: before.startsAt, to: before.endsAt)) }
    return true
  }
}
