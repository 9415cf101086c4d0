package import Core
package import Operations
import Postgres

/// What alerts do for those who leave duty and those who come, asked by duty and wired by the composition root.
package enum LeavingAlerts {
  package typealias Open = (id: AlertID, isCritical: Bool, isOwn: Bool)

  /// The alerts that are not over for somebody, at most 500.
  package static func open(with person: UserID, _ call: inout WriteCall) async throws -> [Open] {
    let rows = try await call.transaction.query(LeavingQueries.open(with: person, in: try call.hospital.id))
    return try rows.map { row in
      let urgency = Urgency(unchecked: try row.decode("urgency", as: Int64.self))
      return (try row.decode("id"), urgency.value == Urgency.range.upperBound, try row.decode("is_own"))
    }
  }

  /// Gives the caller those of the alerts that somebody still has, each as if he had transferred it; says how many.
  package static func takeOver(_ alerts: [AlertID], from giver: UserID, _ call: inout WriteCall) async throws -> Int {
    let hospital = try call.hospital.id
    let who = try call.responder
    let audit = call.audit
    var moved = 0
    for id in alerts {
      let rows = try await call.transaction.query(
        ResponderQueries.transfer(id, in: hospital, from: giver, to: who.id))
      guard let row = rows.first else { continue }
      let time = try row.decode("updatedAt", as: Timestamp.self)
      let dueAt = time.adding(seconds: try row.decode("response_seconds", as: Int64.self))
      call.transaction.queue(EscalationQueries.setTimer(.response, for: id, in: hospital, dueAt: dueAt))
      call.transaction.queue(
        AlertQueries.insertChange("transferred", of: id, in: hospital, by: who.id, name: who.name, at: time))
      call.becomesDue(at: dueAt)
      _ = try AlertChange(row: row, id: id, hospital: hospital).tell(&call)
      var note = AuditRow(
        action: "alert_transferred", category: .alert, outcome: .success, caller: call.caller, origin: call.origin)
      note.note.resource("alert", id)
      note.note.details = ["toUserId": .string(who.id.text)]
      call.auditRows.append(note)
      moved += 1
    }
    call.audit = audit
    return moved
  }
}
