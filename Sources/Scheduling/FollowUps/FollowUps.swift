import Core
package import Jobs
import Notifications
package import Operations
import Postgres
import Secrets

/// What becomes of plans for further visits: they begin with the end of the visit and are due at their time.
package enum FollowUps {
  private static let jobKind = "followup.due"
  /// The service with which further visits are booked.
  static let service = "follow-up"

  static func follow(_ change: AppointmentChange, _ call: inout WriteCall) async throws {
    let appointment = change.appointment
    switch appointment.status {
    case .completed:
      call.transaction.queue(FollowUpQueries.settle(appointment.id, done: true, in: appointment.hospital))
      let begun = try await call.transaction.query(
        FollowUpQueries.begin(after: appointment.id, in: appointment.hospital))
      for row in begun { try wait(try row.decode("id"), until: try row.decode("due_at"), &call) }
    case .cancelled, .noShow, .expired:
      call.transaction.queue(FollowUpQueries.settle(appointment.id, done: false, in: appointment.hospital))
      call.transaction.queue(FollowUpQueries.giveUp(after: appointment.id, in: appointment.hospital))
    case .held, .scheduled, .confirmed, .checkedIn, .inProgress: break
    }
  }

  /// One job for each plan, at its time.
  static func wait(_ id: FollowUpID, until dueAt: Timestamp, _ call: inout WriteCall) throws {
    var job = Job(queue: "follow-up", kind: jobKind, payload: ["followUp": .string(id.text)])
    job.dueAt = dueAt
    job.maxAttempts = 30
    try call.enqueue(job)
  }

  package static let handler = JobHandler(
    queue: "follow-up", kind: jobKind,
    inTransaction: { job, call in
      guard let id = job.payload["followUp"]?.text.flatMap({ FollowUpID($0) }), let hospital = job.hospital else {
        throw JobTrouble("unknown plan", isFinal: true)
      }
      guard let row = try await call.transaction.query(FollowUpQueries.find(id, in: hospital, locks: true)).first,
        try row.decode("status", as: String.self) == FollowUpStatus.pending.rawValue
      else { return }
      call.transaction.queue(FollowUpQueries.set(id, .due, in: hospital))
      try Reminders.schedule(
        NewReminder(
          .followUp, to: .patient(try row.decode("patientId")), at: call.now, eventAt: try row.decode("dueAt"),
          values: .object([])), &call)
      var note = AuditRow(system: "follow_up_due", category: .scheduling, hospital: hospital)
      note.note.resource("follow_up", id)
      call.auditRows.append(note)
    })

  static func place(of id: FollowUpID, in hospital: HospitalID) -> String {
    "follow_ups.note \(hospital.text) \(id.text)"
  }

  /// For the rotation of keys.
  package static let sealedColumn = SealedColumn(table: "follow_ups", column: "note", purpose: .patientRecord) {
    "follow_ups.note \($0.joined(separator: " "))"
  }
}
