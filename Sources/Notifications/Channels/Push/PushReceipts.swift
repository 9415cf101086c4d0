package import Core
package import Jobs
package import Operations
import Postgres
import Secrets

/// Asks a push service what became of the messages that it took: a quarter of an hour later, and again until it knows.
///
/// One job for each hospital and five minutes; up to 1,000 tickets in a request. A service forgets its tickets after a
/// day, and so does Ward. A device whose app is gone is forgotten; a delivery of which no device had its message has
/// failed, and the next channel follows.
package struct PushReceipts: Sendable {
  static let kind = "push.receipts"
  static let queue = "notification"
  static let most = 1000
  static let pauseSeconds: Int64 = 900
  private static let windowSeconds: Int64 = 300

  private let services: Services
  private let executor: Executor
  private let outcomes: DeliveryOutcomes

  package init(services: Services, executor: Executor, outcomes: DeliveryOutcomes) {
    self.services = services
    self.executor = executor
    self.outcomes = outcomes
  }

  package var handler: JobHandler {
    JobHandler(queue: Self.queue, kind: Self.kind) { job in
      guard let hospital = job.hospital else { throw JobTrouble("no hospital", isFinal: true) }
      try await ask(in: hospital)
    }
  }

  /// When tickets of now are asked about: a quarter of an hour later, at the end of five minutes. Every ticket of a
  /// window is there before the window's job begins, so none is left without one.
  package static func due(after now: Timestamp) -> Timestamp {
    let window = windowSeconds * 1_000_000
    let (late, isPast) = now.adding(seconds: pauseSeconds).microseconds.addingReportingOverflow(window)
    return Timestamp(microseconds: isPast ? .max : late / window * window)
  }

  /// Notes these tickets, in the transaction that notes the message as sent.
  static func keep(
    _ tickets: [(id: String, device: PushTokenID)], of delivery: DeliveryID, in hospital: HospitalID,
    _ call: inout WriteCall
  ) throws {
    guard !tickets.isEmpty else { return }
    let due = due(after: call.now)
    call.transaction.queue(PushQueries.keep(tickets, of: delivery, dueAt: due, in: hospital))
    var job = Job(queue: queue, kind: kind, payload: .null)
    job.dueAt = due
    job.uniqueKey = "\(due.microseconds / 1_000_000)"
    job.priority = .low
    job.maxAttempts = 20
    try call.enqueue(job)
  }

  private func ask(in hospital: HospitalID) async throws {
    var after = ""
    while true {
      let waiting = try await executor.system(in: hospital) { call in
        call.transaction.queue(PushQueries.forgetTickets(in: hospital))
        return try await call.transaction.query(PushQueries.waiting(after: after, most: Self.most, in: hospital)).map {
          row in try row.decode("ticket", as: String.self)
        }
      }
      if !waiting.isEmpty { try await ask(about: waiting, in: hospital) }
      guard waiting.count == Self.most, let last = waiting.last else { break }
      after = last
    }
    let now = try await executor.system(in: hospital) { call in
      try await call.transaction.query(PushQueries.isWaiting(in: hospital)).isEmpty ? nil : call.now
    }
    if let now { throw NotBefore(now.adding(seconds: Self.pauseSeconds)) }
  }

  private func ask(about tickets: [String], in hospital: HospitalID) async throws {
    let service: Services.Service?
    do {
      service = try await services.service(.push, for: hospital)
    } catch is SealError {
      throw JobTrouble("the push service cannot be read")
    }
    // Without a service nobody can tell, and the tickets end by themselves.
    guard let service, case .expo(let expo) = service.provider else { return }
    let receipts: [String: Expo.Receipt]
    do {
      receipts = try expo.receipts(try await service.calls.send(expo.question(about: tickets)))
    } catch let trouble as OutsideCalls.Trouble {
      throw JobTrouble(SendTrouble(trouble).reason)
    } catch let trouble as SendTrouble {
      throw JobTrouble(trouble.reason)
    }
    // Of what was not asked about nothing is believed.
    let known = tickets.filter { receipts[$0] != nil }
    let taken = known.filter { receipts[$0] == .taken }
    if !taken.isEmpty {
      try await executor.system(in: hospital) { call in
        call.transaction.queue(PushQueries.settle(taken, as: "taken", in: hospital))
      }
    }
    for ticket in known {
      if case .failed(let reason) = receipts[ticket] { try await fail(ticket, reason, in: hospital) }
    }
  }

  /// This device did not get it: once, whoever asks besides.
  private func fail(_ ticket: String, _ reason: String, in hospital: HospitalID) async throws {
    try await executor.system(in: hospital) { call in
      let moved = try await call.transaction.query(PushQueries.settle([ticket], as: "failed", in: hospital))
      guard let row = moved.first else { return }
      let delivery: DeliveryID = try row.decode("delivery_id")
      if reason == Expo.unregistered {
        try await call.forgetDevices([try row.decode("token_id")], in: hospital)
      }
      guard try await call.transaction.query(PushQueries.hopes(for: delivery, in: hospital)).isEmpty else { return }
      _ = try await outcomes.receipt(.fail, reason: reason, of: delivery, in: hospital, &call)
    }
  }
}

extension WriteCall {
  /// Apps that are gone from their devices get nothing more.
  mutating func forgetDevices(_ gone: [PushTokenID], in hospital: HospitalID) async throws {
    for row in try await transaction.query(PushQueries.forget(gone, in: hospital)) {
      var note = AuditRow(system: "push_token_removed", category: .identity, hospital: hospital)
      note.note.resource("push_token", try row.decode("id", as: PushTokenID.self))
      auditRows.append(note)
    }
  }
}
