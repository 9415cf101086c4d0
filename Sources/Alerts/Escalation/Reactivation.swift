import Core
import Operations
import Postgres

/// An acknowledged alert rings again: nobody resolved it in time, or who had it cannot come after all.
struct Reactivation {
  let alert: OpenAlert
  /// Who stays of those who are coming; nil begins anew.
  var quorum: Quorum?

  /// Pages the alert's tier and whoever is missing, and sets the due times; the alert's new row.
  func run(_ call: inout WriteCall) async throws -> Row {
    let hospital = alert.hospital
    let next = alert.ladder.due(inTier: alert.tier, createdAt: alert.createdAt, now: alert.now)
    call.transaction.queue(EscalationQueries.clearTimers([.response], for: alert.id, in: hospital))
    if let next {
      call.transaction.queue(EscalationQueries.setTimer(.escalation, for: alert.id, in: hospital, dueAt: next))
    }
    let reachable = try await Reachable.now(for: alert.department, in: hospital, at: alert.now, call.transaction)
    let quorum = self.quorum ?? alert.quorum.map { Quorum($0.requirements) }
    var people = reachable.people(inTier: alert.tier).filter { quorum?.isComing($0) != true }
    if !people.isEmpty {
      call.transaction.queue(
        EscalationQueries.page(people, for: alert.id, tier: alert.tier, in: hospital, at: alert.now))
    }
    if let quorum { people += try await ask(quorum, besides: people, &call) }
    try alert.page(
      people, "alert_reactivated", tier: alert.tier, reason: EscalationReason.noResponse.rawValue, &call)
    let rows = try await call.transaction.query(
      EscalationQueries.reactivate(alert.id, in: hospital, next: next, quorum: quorum))
    guard let row = rows.first else { throw Failure.internalFault }
    call.becomesDue(at: next)
    return row
  }

  private func ask(_ quorum: Quorum, besides paged: [UserID], _ call: inout WriteCall) async throws -> [UserID] {
    let paging = QuorumPaging(quorum: quorum, alert: alert.id, hospital: alert.hospital)
    let people = try await paging.people(call.transaction).filter { !paged.contains($0) }
    paging.note(people, at: alert.now, in: call.transaction)
    let due = QuorumPaging.due(every: alert.quorumRepageSeconds, createdAt: alert.createdAt, now: alert.now)
    call.transaction.queue(EscalationQueries.setTimer(.quorum, for: alert.id, in: alert.hospital, dueAt: due))
    call.becomesDue(at: due)
    return people
  }
}
