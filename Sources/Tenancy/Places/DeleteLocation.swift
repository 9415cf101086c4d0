import Core
package import Operations
import Postgres

/// Takes a location off the hospital's list.
package struct DeleteLocation: WriteOperation {
  package let locationId: LocationID

  package static let contract = Contract(
    name: "locations.delete", route: .delete("/locations/{locationId}"), summary: "Remove a location",
    message: "The location is removed.", access: .permission(.manageDepartments),
    limit: .standard, mode: .write, audit: .row(action: "location_deleted", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<LocationKind> {
    let rows = try await call.transaction.query(PlaceQueries.remove(locationId, in: try call.hospital.id))
    guard let row = rows.first else { throw Failure.notFound("location") }
    call.audit.resource("location", locationId)
    return try Document(row)
  }
}
