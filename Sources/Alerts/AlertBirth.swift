import Core
import Operations
import Postgres

/// Writes a new alert with its timers, pages and steps, and tells everybody.
struct AlertBirth {
  let alert: NewAlert
  let climb: Climb
  let reachable: Reachable

  /// Queues everything: it goes out with the audit row, the events and COMMIT.
  func write(_ call: inout WriteCall) async throws -> Document<AlertKind> {
    let people = reachable.people(inTier: climb.tier)
    let transaction = call.transaction
    // Asked first, so that nothing is queued before the last time that we wait for an answer.
    let asked = try await whoIsAskedFor(transaction).filter { !people.contains($0) }
    transaction.queue(AlertQueries.insert(alert))
    if let next = alert.nextEscalationAt {
      transaction.queue(EscalationQueries.setTimer(.escalation, for: alert.id, in: alert.hospital, dueAt: next))
    }
    if let expiresAt = alert.expiresAt {
      transaction.queue(EscalationQueries.setTimer(.expiry, for: alert.id, in: alert.hospital, dueAt: expiresAt))
    }
    if !people.isEmpty {
      transaction.queue(
        EscalationQueries.page(people, for: alert.id, tier: climb.tier, in: alert.hospital, at: alert.createdAt))
    }
    if !climb.steps.isEmpty {
      transaction.queue(
        EscalationQueries.insertSteps(
          climb.steps, of: alert.id, in: alert.hospital, dueAt: alert.createdAt, at: alert.createdAt, by: nil,
          name: nil))
    }
    if let quorum = alert.quorum {
      let due = QuorumPaging.due(every: alert.quorumRepageSeconds, createdAt: alert.createdAt, now: alert.createdAt)
      transaction.queue(EscalationQueries.setTimer(.quorum, for: alert.id, in: alert.hospital, dueAt: due))
      QuorumPaging(quorum: quorum, alert: alert.id, hospital: alert.hospital)
        .note(asked, at: alert.createdAt, in: transaction)
      call.becomesDue(at: due)
    }
    let document = alert.document
    call.becomesDue(at: alert.nextEscalationAt)
    call.becomesDue(at: alert.expiresAt)
    try tell(people + asked, document, &call)
    return document
  }

  /// Only an alert that asks for several people looks for them, so that no other waits for the answer.
  private func whoIsAskedFor(_ transaction: Transaction) async throws -> [UserID] {
    guard let quorum = alert.quorum else { return [] }
    return try await QuorumPaging(quorum: quorum, alert: alert.id, hospital: alert.hospital).people(transaction)
  }

  private func tell(_ people: [UserID], _ document: Document<AlertKind>, _ call: inout WriteCall) throws {
    let rooms = Room.hearing(alertOf: alert.department, in: alert.hospital)
    call.emit(Event("alert:new", to: rooms + people.map(Room.user), payload: document.bytes))
    guard !people.isEmpty else { return }
    try call.page(
      AlertPage("alert_created", of: alert.id, in: alert.hospital, urgency: alert.urgency, at: alert.createdAt))
    call.emit(
      Event(
        "notification:new", to: people.map(Room.user),
        payload: [
          "kind": "alert_created", "alertId": .string(alert.id.text), "tier": .integer(Int64(climb.tier)),
          "urgencyLevel": .integer(alert.urgency.value), "priority": .string(alert.urgency.priority.rawValue),
          "roomNumber": .string(alert.room), "title": .string(alert.title),
          "reason": climb.steps.last.map { .string($0.reason.rawValue) } ?? .null,
        ]))
  }
}
