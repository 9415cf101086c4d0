package import Core
import Operations
import Postgres

/// What became of each alert of a batch.
package struct BatchOutcome: Record {
  package struct Refused: Record {
    package let alertId: AlertID
    package let code: NameText
    package let error: ShortText
  }

  package let succeeded: [AlertID]
  package let failed: [Refused]

  /// Tells of every alert that was changed, with an audit row for each, and says why the others were not.
  static func tell(
    _ ids: [AlertID], done: Rows, move: AlertLife.Move, _ action: String, _ call: inout WriteCall
  ) async throws -> BatchOutcome {
    let hospital = try call.hospital.id
    var succeeded: Set<AlertID> = []
    for row in done {
      let id = try row.decode("id", as: AlertID.self)
      succeeded.insert(id)
      _ = try AlertChange(row: row, id: id, hospital: hospital).tell(&call)
      var audit = AuditRow(
        action: action, category: .alert, outcome: .success, caller: call.caller, origin: call.origin)
      audit.note.resource("alert", id)
      call.auditRows.append(audit)
    }
    let rest = ids.filter { !succeeded.contains($0) }
    let failed = rest.isEmpty ? [] : try await refusals(of: rest, move, in: hospital, call)
    call.audit.resourceType = nil
    call.audit.resourceID = nil
    call.audit.details = ["succeeded": .integer(Int64(succeeded.count)), "failed": .integer(Int64(failed.count))]
    return BatchOutcome(succeeded: ids.filter(succeeded.contains), failed: failed)
  }

  private static func refusals(
    of ids: [AlertID], _ move: AlertLife.Move, in hospital: HospitalID, _ call: WriteCall
  ) async throws -> [Refused] {
    var found: [AlertID: Row] = [:]
    for row in try await call.transaction.query(BatchQueries.others(ids, in: hospital)) {
      found[try row.decode("id")] = row
    }
    return try ids.map { id in
      let failure = try found[id].map { try refusal($0, move) } ?? Failure.notFound("alert")
      return Refused(
        alertId: id, code: NameText(unchecked: failure.code.rawValue), error: ShortText(unchecked: failure.message))
    }
  }

  private static func refusal(_ row: Row, _ move: AlertLife.Move) throws -> Failure {
    let status = try row.decode("status", as: String.self)
    let name = try row.decode("acknowledged_by_name", as: String?.self)
    if try row.decode("needs_several", as: Bool.self), move == .acknowledge, status == "active" {
      return Failure(.conflict, "The alert asks for several people; answer it by itself.")
    }
    return AlertChange.refusal(of: move, status: status, acknowledgedBy: name)
  }
}
