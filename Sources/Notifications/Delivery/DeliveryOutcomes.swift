package import Core
package import Operations
import Postgres

/// What follows from a message that was sent or failed: its state, another try, the next channel, the next tier.
package struct DeliveryOutcomes: Sendable {
  /// The first and two more, 2 s and 4 s later.
  static let maxAttempts = 3

  private let channels: Channels
  private let alerts: AlertLink
  private let patients: PatientLink
  private let teller: DeliveryTeller
  private let publicURL: String

  /// `publicURL` ends without a slash.
  package init(
    channels: Channels, alerts: AlertLink, patients: PatientLink, teller: DeliveryTeller, publicURL: String
  ) {
    self.teller = teller
    self.channels = channels
    self.alerts = alerts
    self.patients = patients
    self.publicURL = publicURL
  }

  /// The provider has taken these, all of one hospital.
  func succeeded(_ sent: [SentMessage], in hospital: HospitalID, _ call: inout WriteCall) throws {
    let alerts = Set(sent.compactMap(\.message.notice.alert))
    if !alerts.isEmpty { call.transaction.queue(DeliveryQueries.share(Array(alerts), in: hospital)) }
    for each in sent { try each.receipt.noted?(&call) }
    for (status, move) in [(SendReceipt.Status.sent, DeliveryLife.Move.send), (.delivered, .deliver)] {
      let taken = sent.filter { $0.receipt.status == status }
      guard !taken.isEmpty else { continue }
      call.transaction.queue(
        DeliveryQueries.taken(
          taken.map(\.message.delivery), providers: taken.map { $0.receipt.providerID.map { String($0.prefix(200)) } },
          move, in: hospital))
    }
  }

  /// What ``succeeded(_:in:_:)`` wrote has committed; `department` is the alert's when the message was taken up.
  func tell(_ message: Message, department: DepartmentID?) {
    guard let alert = message.notice.alert else { return }
    teller.changed(alert, department: department, in: message.hospital)
  }

  func failed(_ message: Message, _ trouble: SendTrouble, _ call: inout WriteCall) async throws {
    let log = try await begin(message.delivery, in: message.hospital, &call)
    guard let log, log.life.status == .queued else { return }
    log.tell(&call)
    if try await goOn(log, &call) == false, trouble.kind == .temporary,
      log.attempts + 1 < Self.maxAttempts
    {
      let rows = try await call.transaction.query(
        DeliveryQueries.putOff(log.id, in: log.hospital, reason: trouble.reason))
      guard let attempts = try rows.first?.decode("attempts", as: Int64.self) else { return }
      let dueAt = call.now.adding(seconds: 1 << attempts)
      try call.enqueue(message.job(dueAt: dueAt))
      return
    }
    try await fail(log, reason: trouble.reason, tries: 1, &call)
  }

  /// A provider's word about a message that it has taken: false where it changes nothing, since receipts come late,
  /// twice and out of order.
  package func receipt(
    _ move: DeliveryLife.Move, reason: String? = nil, of delivery: DeliveryID, in hospital: HospitalID,
    _ call: inout WriteCall
  ) async throws -> Bool {
    guard let log = try await begin(delivery, in: hospital, &call) else { return false }
    var life = log.life
    guard life.apply(move) else { return false }
    guard move == .fail else {
      if let facts = log.facts { teller.changed(facts.alert, department: facts.department, in: hospital) }
      call.transaction.queue(DeliveryQueries.move(move, delivery, in: hospital, reason: reason))
      return true
    }
    log.tell(&call)
    _ = try await goOn(log, &call)
    try await fail(log, reason: reason ?? "bounced", tries: 0, &call)
    return true
  }

  /// The delivery that a provider means.
  package func find(
    provider id: String, on channel: ChannelKind, in hospital: HospitalID, _ call: WriteCall
  ) async throws -> DeliveryID? {
    try await call.transaction.query(DeliveryQueries.find(provider: id, on: channel, in: hospital)).first?.decode("id")
  }

  /// The delivery, locked; its alert before it, as everybody locks them who changes both.
  private func begin(
    _ id: DeliveryID, in hospital: HospitalID, _ call: inout WriteCall
  ) async throws -> DeliveryLog? {
    let seen = try await call.transaction.query(DeliveryQueries.find(id, in: hospital))
    guard let row = seen.first else { return nil }
    var facts: AlertFacts?
    if let alert = try row.decode("alert_id", as: AlertID?.self) { facts = try await alerts.lock(alert, &call) }
    guard let locked = try await call.transaction.query(DeliveryQueries.lock(id, in: hospital)).first else {
      return nil
    }
    return try DeliveryLog(locked, id: id, hospital: hospital, facts: facts)
  }

  /// Puts the next way into the queue; false where there is none.
  private func goOn(_ log: DeliveryLog, _ call: inout WriteCall) async throws -> Bool {
    // A mail about an alert goes besides the others, so nothing takes its place; a test is of one channel.
    guard log.channel.isInterruptive && log.alert != nil || log.reminder != nil,
      log.facts?.isOver(for: log.kind) != true,
      let recipient = try await patients.recipient(log.who, tier: log.tier, &call)
    else { return false }
    let rows = try await call.transaction.query(DeliveryQueries.tried(log))
    let tried = Set(try rows.compactMap { ChannelKind(rawValue: try $0.decode("channel")) })
    let step = DeliveryPlan.next(
      for: recipient, order: log.alert == nil ? recipient.ways : recipient.preferences.channels, tried: tried,
      configured: try await channels.configured(for: log.hospital, call))
    guard let step, let notice = try await notice(log, to: recipient, &call) else { return false }
    try call.deliver(notice, to: recipient, step, in: log.hospital)
    return true
  }

  /// The same notice once more, from what it is about.
  private func notice(_ log: DeliveryLog, to recipient: Recipient, _ call: inout WriteCall) async throws -> Notice? {
    if let facts = log.facts { return facts.notice(log.kind, occasion: log.occasion, publicURL: publicURL) }
    guard let reminder = log.reminder,
      var (notice, _, _) = try await Reminders.notice(reminder, in: log.hospital, publicURL: publicURL, &call)
    else { return nil }
    notice.values["name"] = recipient.name
    return notice
  }

  private func fail(_ log: DeliveryLog, reason: String, tries: Int, _ call: inout WriteCall) async throws {
    call.transaction.queue(DeliveryQueries.move(.fail, log.id, in: log.hospital, reason: reason, tries: tries))
    if let reminder = log.reminder { call.transaction.queue(ReminderQueries.giveUp(reminder, in: log.hospital)) }
    guard let alert = log.alert, let tier = log.tier, let facts = log.facts, facts.tier == tier,
      facts.state == .open
    else { return }
    let rows = try await call.transaction.query(
      DeliveryQueries.isUnreached(alert, tier: tier, since: log.occasion, in: log.hospital))
    guard try rows.first?.decode("is_unreached", as: Bool.self) == true else { return }
    try await alerts.undeliverable(alert, tier, &call)
  }
}

/// What a provider has taken.
struct SentMessage: Sendable {
  let message: Message
  let receipt: SendReceipt
}

/// A row of the delivery log as the transaction has locked it, with its alert where it is about one.
struct DeliveryLog: Sendable {
  let id: DeliveryID
  let hospital: HospitalID
  let who: Recipient.Who
  let alert: AlertID?
  let tier: Int?
  let reminder: ReminderID?
  let kind: String
  let occasion: Timestamp
  let channel: ChannelKind
  let life: DeliveryLife
  let attempts: Int
  let facts: AlertFacts?

  /// Tells who looks at the log that this line of it changes.
  func tell(_ call: inout WriteCall) {
    if let facts { call.tellDeliveries(of: facts.alert, department: facts.department, in: hospital) }
  }

  init(_ row: Row, id: DeliveryID, hospital: HospitalID, facts: AlertFacts?) throws {
    self.id = id
    self.hospital = hospital
    self.facts = facts
    if let patient = try row.decode("patient_id", as: PatientID?.self) {
      who = .patient(patient)
    } else {
      who = .person(try row.decode("user_id"))
    }
    alert = try row.decode("alert_id")
    tier = try row.decode("tier")
    reminder = try row.decode("reminder_id")
    kind = try row.decode("kind")
    occasion = try row.decode("occasion")
    attempts = try row.decode("attempts")
    guard let channel = ChannelKind(rawValue: try row.decode("channel")),
      let status = DeliveryLife.Status(rawValue: try row.decode("status"))
    else { throw Failure.internalFault }
    self.channel = channel
    life = DeliveryLife(status)
  }
}
