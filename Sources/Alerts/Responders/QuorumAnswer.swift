import Core
import Operations
import Postgres

/// "I am coming", to an alert that asks for several people.
struct QuorumAnswer {
  let alert: OpenAlert
  let who: Responder
  let response: Response

  /// Fills a place; with the last one the alert is acknowledged and climbs no more.
  func run(_ call: inout WriteCall) async throws -> Document<AlertKind> {
    guard var quorum = alert.quorum, response.delegate == nil else {
      throw Failure.invalid("responseAction", "cannot delegate where several people are asked for", rule: "consistent")
    }
    let arrival = response.minutes.map { alert.now.adding(seconds: Int64($0) * 60) }
    let skills = try await call.transaction.query(QuorumQueries.skills(of: who.id, in: alert.hospital))
    guard let row = skills.first else { throw Failure(.forbidden, "You are no member of this hospital.") }
    let joining = quorum.join(
      who.id, name: who.name, role: try row.decode("role"), specialization: try row.decode("specialization"),
      at: alert.now, arrivalAt: arrival)
    switch joining {
    case .joined: break
    case .comingAlready: throw Failure(.conflict, "You are coming already.")
    case .notNeeded:
      throw Failure(
        .conflict, "Nobody of your profession is missing any more.", details: ["missing": quorum.missingJSON])
    }
    let seconds = response.seconds(
      firstStep: alert.ladder.stepSeconds.first ?? 300, standard: alert.ladder.responseSeconds)
    call.transaction.queue(
      ResponderQueries.insertAcknowledgment(
        of: alert.id, in: alert.hospital, by: who, response, seconds: seconds, at: alert.now))
    let lead = quorum.isComplete ? quorum.answers.first : nil
    if lead != nil {
      let dueAt = alert.now.adding(seconds: Int64(seconds))
      call.transaction.queue(
        EscalationQueries.clearTimers([.escalation, .quorum], for: alert.id, in: alert.hospital))
      call.transaction.queue(
        EscalationQueries.setTimer(.response, for: alert.id, in: alert.hospital, dueAt: dueAt))
      call.becomesDue(at: dueAt)
    }
    let rows = try await call.transaction.query(
      QuorumQueries.store(
        quorum, of: alert.id, in: alert.hospital, urgencySteps: response.assessment.steps, lead: lead))
    guard let changed = rows.first else { throw Failure.internalFault }
    return try AlertChange(row: changed, id: alert.id, hospital: alert.hospital).tell(&call)
  }
}
