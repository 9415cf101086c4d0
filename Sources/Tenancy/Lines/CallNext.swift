package import Core
package import Operations
import Postgres

/// Calls whoever has waited longest; everybody behind him hears his new place.
package struct CallNext: WriteOperation {
  package let departmentId: DepartmentID

  package static let contract = Contract(
    name: "lines.callNext", route: .post("/departments/{departmentId}/line/calls", status: 201),
    summary: "Call the next of a department's line", message: "The next is called.",
    access: .permission(.viewPatients), limit: .standard, mode: .write,
    audit: .row(action: "line_called", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<LineEntryKind> {
    let hospital = try call.hospital.id
    guard try await !call.transaction.query(LineQueries.lock(departmentId, in: hospital)).isEmpty else {
      throw Failure.notFound("department")
    }
    let line = try WaitingLine(
      try await call.transaction.query(LineQueries.waiting(in: departmentId, hospital, most: JoinLine.most)))
    guard let next = line.entries.first else { throw Failure(.conflict, "Nobody waits.") }
    return try await call.end(next.id, in: line, of: departmentId, as: .called)
  }
}

extension WriteCall {
  /// Ends somebody's waiting in a locked line, and tells him and those behind him.
  mutating func end(
    _ entry: LineEntryID, in line: WaitingLine, of department: DepartmentID, as state: LineStanding.State
  ) async throws -> Document<LineEntryKind> {
    let hospital = try hospital.id
    guard let row = try await transaction.query(LineQueries.end(entry, as: state, in: hospital)).first else {
      throw Failure(.conflict, "This number does not wait any more.")
    }
    for change in line.without(entry, as: state) {
      emit(change.standing.event(of: change.entry, line: department, in: hospital))
    }
    audit.resource("line_entry", entry)
    return try Document(row)
  }
}
