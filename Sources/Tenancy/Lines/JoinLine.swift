package import Core
package import Identity
package import Operations
import Postgres

/// Gives somebody who waits a number, and the token by which he follows his place without signing in.
package struct JoinLine: WriteOperation {
  package let departmentId: DepartmentID

  package static let contract = Contract(
    name: "lines.join", route: .post("/departments/{departmentId}/line", status: 201),
    summary: "Give the next number of a department's line",
    message: "The number is given. The token to follow it is shown only now.", access: .permission(.viewPatients),
    limit: .standard, mode: .write, audit: .row(action: "line_joined", category: .tenancy), cache: .never,
    answersWithSecret: true)

  /// Who waits at once in one line; each of them hears when one goes.
  static let most = 200
  /// How long a number counts.
  static let hours = 12

  package struct Output: Record {
    package let id: LineEntryID
    package let departmentId: DepartmentID
    package let number: TicketNumber
    package let position: LinePlace
    package let joinedAt: Timestamp
    package let expiresAt: Timestamp
    package let token: TokenText
  }

  package func run(_ call: inout WriteCall) async throws -> Output {
    let hospital = try call.hospital.id
    guard try await !call.transaction.query(LineQueries.lock(departmentId, in: hospital)).isEmpty else {
      throw Failure.notFound("department")
    }
    call.transaction.queue(LineQueries.forget(in: departmentId, hospital))
    let id = LineEntryID.new(at: call.now)
    let rows = try await call.transaction.query(
      LineQueries.insert(id, in: departmentId, hospital, most: Self.most, hours: Self.hours))
    guard let row = rows.first else { throw Failure(.conflict, "The line is full.") }
    let expiresAt: Timestamp = try row.decode("expires_at")
    let ticket = LineTicket(
      hospital: hospital, line: LineID(rawValue: departmentId.rawValue), entry: id, expiresAt: expiresAt)
    guard let now = try await call.transaction.query(LineQueries.standing(of: ticket)).first else {
      throw Failure.internalFault
    }
    let standing = try LineStanding(now)
    call.audit.resource("line_entry", id)
    return Output(
      id: id, departmentId: departmentId, number: TicketNumber(unchecked: standing.number),
      position: LinePlace(unchecked: standing.position), joinedAt: try row.decode("joined_at"),
      expiresAt: ticket.expiresAt, token: TokenText(unchecked: ticket.token(call.secrets)))
  }
}
