import Core
package import Operations
import Postgres

/// Takes somebody out of a line who does not wait any more.
package struct LeaveLine: WriteOperation {
  package let lineEntryId: LineEntryID

  package static let contract = Contract(
    name: "lines.leave", route: .delete("/line-entries/{lineEntryId}"), summary: "Take somebody out of a line",
    message: "The number is taken out of the line.", access: .permission(.viewPatients), limit: .standard, mode: .write,
    audit: .row(action: "line_left", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<LineEntryKind> {
    let hospital = try call.hospital.id
    guard let row = try await call.transaction.query(LineQueries.line(of: lineEntryId, in: hospital)).first else {
      throw Failure.notFound("line entry")
    }
    let department: DepartmentID = try row.decode("department_id")
    _ = try await call.transaction.query(LineQueries.lock(department, in: hospital))
    let line = try WaitingLine(
      try await call.transaction.query(LineQueries.waiting(in: department, hospital, most: JoinLine.most)))
    return try await call.end(lineEntryId, in: line, of: department, as: .left)
  }
}
