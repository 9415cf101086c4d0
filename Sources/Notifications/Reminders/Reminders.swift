package import Core
package import Operations
import Postgres
import Secrets

/// A reminder as it is written.
package struct NewReminder: Sendable {
  package let kind: ReminderType
  package let who: Recipient.Who
  /// When it goes out.
  package let dueAt: Timestamp
  /// What it is about: with the values of its template.
  package let content: JSONValue

  /// `eventAt` is when the thing itself happens, by default the same.
  package init(
    _ kind: ReminderType, to who: Recipient.Who, at dueAt: Timestamp, eventAt: Timestamp?, values: JSONValue
  ) {
    self.kind = kind
    self.who = who
    self.dueAt = dueAt
    content = ["values": values, "eventAt": .integer((eventAt ?? dueAt).microseconds)]
  }
}

/// Reminders inside a transaction: the same for the API and for what books appointments.
package enum Reminders {
  static let jobKind = "reminder.send"

  package static func place(of id: ReminderID, in hospital: HospitalID) -> String {
    "reminders.content \(hospital.text) \(id.text)"
  }

  /// Writes reminders and the jobs that wait for their time; the ids in the order of the reminders.
  package static func schedule(_ new: [NewReminder], _ call: inout WriteCall) throws -> [ReminderID] {
    guard !new.isEmpty else { return [] }
    guard let hospital = call.tenant else { throw Failure.internalFault }
    let ids = new.map { _ in ReminderID.new(at: call.now) }
    let sealed = try zip(new, ids).map {
      try call.secrets.seal($0.content.encoded, for: .patientRecord, place: place(of: $1, in: hospital))
    }
    call.transaction.queue(
      ReminderQueries.insert(new, ids: ids, contents: sealed, in: hospital, by: call.caller?.userID))
    try call.enqueue(
      zip(new, ids).map { each, id in
        var job = Job(queue: each.kind.queue, kind: jobKind, payload: ["reminder": .string(id.text)])
        job.dueAt = each.dueAt
        job.maxAttempts = 30
        return job
      })
    return ids
  }

  @discardableResult
  package static func schedule(_ new: NewReminder, _ call: inout WriteCall) throws -> ReminderID {
    guard let id = try schedule([new], &call).first else { throw Failure.internalFault }
    return id
  }

  /// Takes one back that has not gone out; false when it was too late or is not there.
  package static func cancel(_ id: ReminderID, _ call: inout WriteCall) async throws -> Bool {
    guard let hospital = call.tenant else { return false }
    return try await !call.transaction.query(ReminderQueries.cancel(id, in: hospital)).isEmpty
  }
}
