import Core
package import Jobs
import Operations
import Postgres
import Secrets

/// Sends reminders at their time: each once, on the first way that reaches its reader; what was taken back is not sent.
package struct ReminderSending: Sendable {
  private let channels: Channels
  private let patients: PatientLink
  private let publicURL: String

  package init(channels: Channels, patients: PatientLink, publicURL: String) {
    self.channels = channels
    self.patients = patients
    self.publicURL = publicURL
  }

  package var handlers: [JobHandler] {
    Set(ReminderType.allCases.map(\.queue)).sorted().map { queue in
      JobHandler(
        queue: queue, kind: Reminders.jobKind,
        inTransaction: { job, call in
          guard let id = job.payload["reminder"]?.text.flatMap({ ReminderID($0) }), let hospital = job.hospital else {
            throw JobTrouble("unknown reminder", isFinal: true)
          }
          try await send(id, in: hospital, &call)
        })
    }
  }

  private func send(_ id: ReminderID, in hospital: HospitalID, _ call: inout WriteCall) async throws {
    guard let (notice, who, status) = try await Reminders.notice(id, in: hospital, publicURL: publicURL, &call),
      status == .scheduled
    else { return }
    let recipient = try await patients.recipient(who, tier: nil, &call)
    guard let recipient,
      let step = DeliveryPlan(oneWayTo: recipient, configured: try await channels.configured(for: hospital, call)).steps
        .first
    else {
      call.transaction.queue(ReminderQueries.end(id, in: hospital, as: .undeliverable))
      return
    }
    var named = notice
    named.values["name"] = recipient.name
    try call.deliver(named, to: recipient, step, in: hospital)
    call.transaction.queue(ReminderQueries.end(id, in: hospital, as: .sent))
  }
}

extension Reminders {
  /// What a reminder says, to whom, and how it stands; its row is locked. Nil where there is none.
  static func notice(
    _ id: ReminderID, in hospital: HospitalID, publicURL: String, _ call: inout WriteCall
  ) async throws -> (Notice, Recipient.Who, ReminderStatus)? {
    guard let row = try await call.transaction.query(ReminderQueries.lock(id, in: hospital)).first,
      let kind = ReminderType(rawValue: try row.decode("kind")),
      let status = ReminderStatus(rawValue: try row.decode("status"))
    else { return nil }
    let content = try JSONParser.parse(
      call.secrets.open(
        try row.decode("content", as: [UInt8].self), for: .patientRecord, place: place(of: id, in: hospital)))
    let dueAt = try row.decode("due_at", as: Timestamp.self)
    let eventAt = Timestamp(microseconds: content["eventAt"]?.whole ?? dueAt.microseconds)
    let told = try await call.transaction.query(ReminderQueries.told(eventAt, in: try row.decode("time_zone")))
    var values = ["hospital": try row.decode("hospital", as: String.self), "link": publicURL]
    values["when"] = try told.first?.decode("told", as: String.self)
    if case .object(let members)? = content["values"] {
      for member in members { values[member.key] = member.value.text }
    }
    var notice = Notice(kind.notice, values: values, occasion: dueAt)
    notice.reminder = id
    if let person = try row.decode("user_id", as: UserID?.self) { return (notice, .person(person), status) }
    guard let patient = try row.decode("patient_id", as: PatientID?.self) else { return nil }
    return (notice, .patient(patient), status)
  }
}

extension WriteCall {
  /// Writes one message and the job that sends it.
  @discardableResult
  mutating func deliver(
    _ notice: Notice, to recipient: Recipient, _ step: DeliveryPlan.Step, in hospital: HospitalID
  ) throws -> DeliveryID {
    let row = DeliveryRow(id: .new(at: now), recipient: recipient, step: step)
    transaction.queue(DeliveryQueries.insert([row], about: notice, in: hospital))
    let job = Message(delivery: row.id, hospital: hospital, to: recipient, step, about: notice).job()
    if step.channel == .email, notice.alert == nil {
      try enqueueMail(job)
    } else {
      try enqueue(job)
    }
    return row.id
  }
}
