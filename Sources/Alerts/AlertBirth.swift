import Core
import Operations
import Postgres

/// Writes a new alert with its timers, pages and steps, and tells everybody.
struct AlertBirth {
  let alert: NewAlert
  let climb: Climb
  let reachable: Reachable

  func write(_ call: inout WriteCall) async throws -> Document<AlertKind> {
    let people = reachable.people(inTier: climb.tier)
    var statements = [AlertQueries.insert(alert)]
    if let next = alert.nextEscalationAt {
      statements.append(EscalationQueries.setTimer(.escalation, for: alert.id, in: alert.hospital, dueAt: next))
    }
    if let expiresAt = alert.expiresAt {
      statements.append(EscalationQueries.setTimer(.expiry, for: alert.id, in: alert.hospital, dueAt: expiresAt))
    }
    if !people.isEmpty {
      statements.append(
        EscalationQueries.page(people, for: alert.id, tier: climb.tier, in: alert.hospital, at: alert.createdAt))
    }
    if !climb.steps.isEmpty {
      statements.append(
        EscalationQueries.insertSteps(
          climb.steps, of: alert.id, in: alert.hospital, dueAt: alert.createdAt, at: alert.createdAt, by: nil,
          name: nil))
    }
    guard let row = try await call.transaction.queries(statements).first?.first else { throw Failure.internalFault }
    let document = try Document<AlertKind>(row)
    call.touchedTimers = alert.nextEscalationAt != nil || alert.expiresAt != nil
    tell(people, document, &call)
    return document
  }

  private func tell(_ people: [UserID], _ document: Document<AlertKind>, _ call: inout WriteCall) {
    let rooms = Room.hearing(alertOf: alert.department, in: alert.hospital)
    call.emit(Event("alert:new", to: rooms + people.map(Room.user), payload: document.bytes))
    guard !people.isEmpty else { return }
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
