import Core
import Operations
import Postgres

/// Raising an alert inside a transaction: the same for the engine, a person's escalation and a declined tier.
struct Climbing {
  let alert: OpenAlert
  let reason: EscalationReason
  /// When it was due; now, for what people do.
  let dueAt: Timestamp
  var actor: UserID?
  var actorName: String?

  /// Rises one tier, and past empty ones; pages whoever is there; sets the next due time. The alert's new row.
  func run(_ call: inout WriteCall) async throws -> Row {
    let reachable = try await Reachable.now(
      for: alert.department, in: alert.hospital, at: alert.now, call.transaction)
    let climb = Climb(from: alert.tier, because: reason, ladder: alert.ladder, reachable: reachable)
    let next = alert.ladder.due(inTier: climb.tier, createdAt: alert.createdAt, now: alert.now)
    let people = reachable.people(inTier: climb.tier).filter { alert.quorum?.isComing($0) != true }
    leaveRows(climb, people: people, next: next, in: call.transaction)
    let rows = try await call.transaction.query(
      EscalationQueries.climb(alert.id, in: alert.hospital, to: climb.tier, next: next))
    guard let row = rows.first else { throw Failure.internalFault }
    try tell(climb, people: people, next: next, &call)
    call.becomesDue(at: next)
    return row
  }

  private func leaveRows(_ climb: Climb, people: [UserID], next: Timestamp?, in transaction: Transaction) {
    if !climb.steps.isEmpty {
      transaction.queue(
        EscalationQueries.insertSteps(
          climb.steps, of: alert.id, in: alert.hospital, dueAt: dueAt, at: alert.now, by: actor, name: actorName))
    }
    if !people.isEmpty {
      transaction.queue(
        EscalationQueries.page(people, for: alert.id, tier: climb.tier, in: alert.hospital, at: alert.now))
    }
    transaction.queue(
      next.map { EscalationQueries.setTimer(.escalation, for: alert.id, in: alert.hospital, dueAt: $0) }
        ?? EscalationQueries.clearTimers([.escalation], for: alert.id, in: alert.hospital))
  }

  /// One `alert:escalated` for each tier that was passed, heard by the board and by the people of the reached tier.
  private func tell(_ climb: Climb, people: [UserID], next: Timestamp?, _ call: inout WriteCall) throws {
    for step in climb.steps {
      let isReached = step.to == climb.tier
      call.emit(
        Event(
          "alert:escalated", to: alert.rooms(and: isReached ? people : []),
          payload: [
            "alertId": .string(alert.id.text), "tier": .integer(Int64(step.to)),
            "nextEscalationAt": next.map { .string($0.rfc3339) } ?? .null,
          ]))
      if actor == nil { call.auditRows.append(auditRow(step)) }
    }
    try alert.page(people, "alert_escalated", tier: climb.tier, reason: climb.steps.last?.reason.rawValue, &call)
  }

  private func auditRow(_ step: Climb.Step) -> AuditRow {
    var row = AuditRow(system: "alert_escalated", category: .alert, hospital: alert.hospital)
    row.note.resource("alert", alert.id)
    row.note.details = [
      "fromTier": .integer(Int64(step.from)), "toTier": .integer(Int64(step.to)),
      "reason": .string(step.reason.rawValue),
    ]
    return row
  }
}
