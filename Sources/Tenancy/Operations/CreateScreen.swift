package import Core
package import Identity
package import Operations
import Postgres

/// Makes the credential of a screen on a wall: it reads one department's board and does not idle out.
package struct CreateScreen: WriteOperation {
  package let name: NameText
  package let departmentId: DepartmentID

  package static let contract = Contract(
    name: "screens.create", route: .post("/screens", status: 201), summary: "Make a ward screen's credential",
    message: "The screen may look. Its token is shown only now.", access: .permission(.manageScreens),
    limit: .standard, mode: .write, audit: .row(action: "screen_created", category: .security), cache: .never,
    answersWithSecret: true)

  package struct Output: Record {
    package let id: ScreenID
    package let name: NameText
    package let departmentId: DepartmentID
    package let token: TokenText
    package let createdAt: Timestamp
  }

  package func run(_ call: inout WriteCall) async throws -> Output {
    let hospital = try call.hospital.id
    let id = ScreenID.new(at: call.now)
    let token = SessionToken.new(.screen)
    let found = try await call.transaction.query(TenancyQueries.departmentExists(departmentId, in: hospital))
    guard !found.isEmpty else {
      throw Failure.invalid("departmentId", "refers to nothing in this hospital", rule: "exists")
    }
    let rows = try await call.transaction.query(
      TenancyQueries.insertScreen(
        id, in: hospital, department: departmentId, name: name.text, token: token, by: try call.person))
    guard let row = rows.first else { throw Failure.internalFault }
    call.audit.resource("screen", id)
    return Output(
      id: id, name: name, departmentId: departmentId, token: TokenText(unchecked: token.text),
      createdAt: try row.decode("created_at"))
  }
}
