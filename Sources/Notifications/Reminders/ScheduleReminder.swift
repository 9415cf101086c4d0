package import Core
package import Operations
import Postgres

/// Reminds a patient or a colleague of something at a time, once, on the way that he prefers.
package struct ScheduleReminder: JoinedOperation {
  package let patientId: PatientID?
  package let userId: UserID?
  package let kind: ReminderType
  package let at: Timestamp
  /// When the thing itself happens; the same as `at` where it is not given.
  package let eventAt: Timestamp?
  package let values: ReminderValues?

  package static let contract = Contract(
    name: "reminders.schedule", route: .post("/reminders", status: 201), summary: "Remind somebody at a time",
    message: "The reminder is scheduled.", access: .permission(.managePatients), limit: .standard, mode: .write,
    audit: .row(action: "reminder_scheduled", category: .patient), cache: .never)

  package func run(_ call: inout WriteCall, _ patients: PatientLink) async throws -> Document<ReminderKind> {
    let hospital = try call.hospital.id
    guard at > call.now else { throw Failure.invalid("at", "must lie in the future", rule: "future") }
    guard at <= call.now.adding(seconds: 5 * 366 * 86_400) else {
      throw Failure.invalid("at", "must lie within five years", rule: "range")
    }
    let new = NewReminder(
      kind, to: try await reader(patients, &call), at: at, eventAt: eventAt, values: values?.json ?? .object([]))
    let id = try Reminders.schedule(new, &call)
    guard let row = try await call.transaction.query(ReminderQueries.find(id, in: hospital)).first else {
      throw Failure.internalFault
    }
    call.audit.resource("reminder", id)
    call.audit.details = ["kind": .string(kind.rawValue)]
    return try Document(row)
  }

  private func reader(_ patients: PatientLink, _ call: inout WriteCall) async throws -> Recipient.Who {
    switch (patientId, userId) {
    case (let patient?, nil):
      do {
        try await patients.open(patient, &call)
      } catch let failure as Failure where failure.code == .notFound {
        throw Failure.invalid("patientId", "refers to nothing in this hospital", rule: "exists")
      }
      return .patient(patient)
    case (nil, let user?):
      guard try await !call.transaction.query(ReminderQueries.member(user, in: try call.hospital.id)).isEmpty else {
        throw Failure.invalid("userId", "refers to nobody in this hospital", rule: "exists")
      }
      return .person(user)
    case (nil, nil): throw Failure.invalid("patientId", "is required, or userId instead of it", rule: "required")
    case (_?, _?): throw Failure.invalid("userId", "goes without patientId only", rule: "exclusive")
    }
  }
}

/// Lists reminders, the earliest first.
package struct ListReminders: ReadOperation {
  package let paging: Paging<ReminderKind>
  package let status: ReminderStatus?
  package let patientId: PatientID?

  package static let contract = Contract(
    name: "reminders.list", route: .post("/reminders/list"), summary: "List reminders", message: "The reminders.",
    access: .permission(.managePatients), limit: .standard, mode: .read, audit: .refusalsOnly(category: .patient),
    cache: .never)

  private enum Key: String, CodingKey { case status, patientId }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    let input = try decoder.container(keyedBy: Key.self)
    status = try input.decodeIfPresent(ReminderStatus.self, forKey: .status)
    patientId = try input.decodeIfPresent(PatientID.self, forKey: .patientId)
  }

  package func run(_ call: ReadCall) async throws -> Documents<ReminderKind> {
    try await call.documents(
      ReminderQueries.list(status, of: patientId, in: try call.hospital.id), paging,
      named: "reminders \(status?.rawValue ?? "") \(patientId?.text ?? "")")
  }
}

/// Takes a reminder back before its time; nothing is sent then.
package struct CancelReminder: WriteOperation {
  package let reminderId: ReminderID

  package static let contract = Contract(
    name: "reminders.cancel", route: .delete("/reminders/{reminderId}"), summary: "Take a reminder back",
    message: "The reminder is taken back.", access: .permission(.managePatients), limit: .standard, mode: .write,
    audit: .row(action: "reminder_cancelled", category: .patient), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<ReminderKind> {
    let hospital = try call.hospital.id
    let cancelled = try await Reminders.cancel(reminderId, &call)
    guard let row = try await call.transaction.query(ReminderQueries.find(reminderId, in: hospital)).first else {
      throw Failure.notFound("reminder")
    }
    guard cancelled else {
      throw Failure(.conflict, "The reminder is \(try row.decode("status", as: String.self)) already.")
    }
    call.audit.resource("reminder", reminderId)
    return try Document(row)
  }
}
