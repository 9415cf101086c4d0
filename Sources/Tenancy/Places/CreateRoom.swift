package import Core
package import Operations
import Postgres

/// Adds a room with a number that the hospital uses once.
package struct CreateRoom: WriteOperation {
  package let number: DoorNumber
  package let departmentId: DepartmentID?
  package let beds: BedCount?

  package static let contract = Contract(
    name: "rooms.create", route: .post("/rooms", status: 201), summary: "Add a room", message: "The room is added.",
    access: .permission(.manageDepartments),
    limit: .standard, mode: .write, audit: .row(action: "room_created", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<RoomKind> {
    let hospital = try call.hospital.id
    try await call.transaction.mustHave(departmentId, in: hospital)
    let id = RoomID.new(at: call.now)
    let rows = try await call.transaction.query(PlaceQueries.insert(self, id, in: hospital))
    guard let row = rows.first else {
      throw Failure(.conflict, "There is a room with this number.", details: ["field": "number"])
    }
    call.audit.resource("room", id)
    return try Document(row)
  }
}
