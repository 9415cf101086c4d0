import Core
import Operations
import Postgres

/// What happens when a due time of an alert has come; each in one transaction of its hospital.
struct TimerWork: Sendable, Hashable {
  let alert: AlertID
  let hospital: HospitalID
  let kind: TimerKind

  /// How far the alert rose; 0 when somebody was faster or it was no escalation.
  func run(_ call: inout WriteCall) async throws -> Int {
    let locked = try await call.transaction.query(EscalationQueries.lock(alert, kind: kind, in: hospital))
    guard let row = locked.first, try row.decode("is_due", as: Bool.self) else { return 0 }
    let alert = try OpenAlert(row)
    let dueAt = try row.decode("due_at", as: Timestamp.self)
    switch kind {
    case .escalation: return try await escalate(alert, dueAt: dueAt, &call)
    case .response: try await remind(alert, dueAt: dueAt, &call)
    case .expiry: try await expire(alert, &call)
    case .quorum: try await askAgain(alert, &call)
    }
    return 0
  }

  private func escalate(_ alert: OpenAlert, dueAt: Timestamp, _ call: inout WriteCall) async throws -> Int {
    var life = alert.life
    guard life.apply(.climb) else { return try await clear(&call) }
    if alert.tier >= alert.ladder.lastTier {
      try await pageAgain(alert, &call)
      return 0
    }
    // What fell due while somebody had it in hand, and did nothing.
    let missed = try await call.transaction.query(
      EscalationQueries.reactivation(of: alert.id, after: dueAt, in: hospital))
    let reason: EscalationReason = missed.isEmpty ? .timeout : .noResponse
    let row = try await Climbing(alert: alert, reason: reason, dueAt: dueAt).run(&call)
    return try row.decode("escalationTier", as: Int.self) - alert.tier
  }

  /// After the last step: the last tier again, until somebody answers.
  private func pageAgain(_ alert: OpenAlert, _ call: inout WriteCall) async throws {
    let reachable = try await Reachable.now(for: alert.department, in: hospital, at: alert.now, call.transaction)
    let people = reachable.people(inTier: alert.tier).filter { alert.quorum?.isComing($0) != true }
    let next = alert.ladder.due(inTier: alert.tier, createdAt: alert.createdAt, now: alert.now)
    call.transaction.queue(
      next.map { EscalationQueries.setTimer(.escalation, for: alert.id, in: hospital, dueAt: $0) }
        ?? EscalationQueries.clearTimers([.escalation], for: alert.id, in: hospital))
    if !people.isEmpty {
      call.transaction.queue(
        EscalationQueries.page(people, for: alert.id, tier: alert.tier, in: hospital, at: alert.now))
      try alert.page(people, "alert_paged_again", tier: alert.tier, &call)
    }
    note("paged_again", alert, &call)
    let rows = try await call.transaction.query(
      EscalationQueries.climb(alert.id, in: hospital, to: alert.tier, next: next))
    try tellUpdated(rows, &call)
    call.becomesDue(at: next)
  }

  /// Not resolved in time: first the acknowledger is paged again, one step later the alert is active again.
  private func remind(_ alert: OpenAlert, dueAt: Timestamp, _ call: inout WriteCall) async throws {
    var life = alert.life
    guard let responder = alert.acknowledgedBy, life.apply(.reactivate) else {
      _ = try await clear(&call)
      return
    }
    let reminded = try await call.transaction.query(EscalationQueries.reminders(of: alert.id, in: hospital))
    guard reminded.isEmpty else { return try await reactivate(alert, &call) }
    let step = Int64(alert.ladder.stepSeconds.first ?? 300)
    call.transaction.queue(
      EscalationQueries.setTimer(.response, for: alert.id, in: hospital, dueAt: dueAt.adding(seconds: step)))
    try alert.tell(responder, "alert_response_overdue", &call)
    note("reminded", alert, &call)
    call.becomesDue(at: dueAt.adding(seconds: step))
  }

  private func reactivate(_ alert: OpenAlert, _ call: inout WriteCall) async throws {
    note("reactivated", alert, &call)
    let row = try await Reactivation(alert: alert).run(&call)
    _ = try AlertChange(row: row, id: alert.id, hospital: hospital).tell(&call)
  }

  /// Asks those who are missing once more, until nobody is.
  private func askAgain(_ alert: OpenAlert, _ call: inout WriteCall) async throws {
    guard let quorum = alert.quorum, !quorum.isComplete, alert.life.status == .active else {
      _ = try await clear(&call)
      return
    }
    let due = QuorumPaging.due(every: alert.quorumRepageSeconds, createdAt: alert.createdAt, now: alert.now)
    call.transaction.queue(EscalationQueries.setTimer(.quorum, for: alert.id, in: hospital, dueAt: due))
    call.becomesDue(at: due)
    let paging = QuorumPaging(quorum: quorum, alert: alert.id, hospital: hospital)
    let people = try await paging.people(call.transaction)
    guard !people.isEmpty else { return }
    paging.note(people, at: alert.now, in: call.transaction)
    try alert.page(people, "alert_quorum_missing", tier: alert.tier, &call)
    note("quorum_paged", alert, &call)
  }

  private func expire(_ alert: OpenAlert, _ call: inout WriteCall) async throws {
    var life = alert.life
    guard life.apply(.expire) else {
      _ = try await clear(&call)
      return
    }
    call.transaction.queue(EscalationQueries.clearTimers(TimerKind.allCases, for: alert.id, in: hospital))
    note("expired", alert, &call)
    let rows = try await call.transaction.query(EscalationQueries.expire(alert.id, in: hospital))
    try tellUpdated(rows, &call)
  }

  private func tellUpdated(_ rows: Rows, _ call: inout WriteCall) throws {
    guard let row = rows.first else { throw Failure.internalFault }
    _ = try AlertChange(row: row, id: alert, hospital: hospital).tell(&call)
  }

  /// The status no longer allows what was due: the timer is a leftover.
  private func clear(_ call: inout WriteCall) async throws -> Int {
    call.transaction.queue(EscalationQueries.clearTimers([kind], for: alert, in: hospital))
    return 0
  }

  private func note(_ change: String, _ alert: OpenAlert, _ call: inout WriteCall) {
    call.transaction.queue(
      AlertQueries.insertChange(change, of: alert.id, in: hospital, by: nil, name: nil, at: alert.now))
    var row = AuditRow(system: "alert_\(change)", category: .alert, hospital: hospital)
    row.note.resource("alert", alert.id)
    call.auditRows.append(row)
  }
}
