import Core
package import Operations
import Postgres

/// Takes a room off the hospital's list.
package struct DeleteRoom: WriteOperation {
  package let roomId: RoomID

  package static let contract = Contract(
    name: "rooms.delete", route: .delete("/rooms/{roomId}"), summary: "Remove a room", message: "The room is removed.",
    access: .permission(.manageDepartments),
    limit: .standard, mode: .write, audit: .row(action: "room_deleted", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<RoomKind> {
    let rows = try await call.transaction.query(PlaceQueries.remove(roomId, in: try call.hospital.id))
    guard let row = rows.first else { throw Failure.notFound("room") }
    call.audit.resource("room", roomId)
    return try Document(row)
  }
}
