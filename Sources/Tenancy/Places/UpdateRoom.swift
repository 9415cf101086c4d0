package import Core
package import Operations
import Postgres

/// Changes a room; what is not given stays as it is.
package struct UpdateRoom: WriteOperation {
  package let roomId: RoomID
  package let version: PlaceVersion
  package let number: DoorNumber?
  package let departmentId: DepartmentID?
  package let beds: BedCount?

  package static let contract = Contract(
    name: "rooms.update", route: .patch("/rooms/{roomId}"), summary: "Change a room", message: "The room is changed.",
    access: .permission(.manageDepartments),
    limit: .standard, mode: .write, audit: .row(action: "room_updated", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<RoomKind> {
    let hospital = try call.hospital.id
    try await call.transaction.mustHave(departmentId, in: hospital)
    let found = try await call.transaction.query(PlaceQueries.room(roomId, in: hospital))
    let rows = try await call.transaction.query(PlaceQueries.update(self, in: hospital))
    guard let row = rows.first else { throw Failure.unchanged("room", exists: !found.isEmpty) }
    call.audit.resource("room", roomId)
    return try Document(row)
  }
}
