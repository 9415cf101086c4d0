package import Core
package import Operations
import Postgres

/// Changes a location; what is not given stays as it is.
package struct UpdateLocation: WriteOperation {
  package let locationId: LocationID
  package let version: PlaceVersion
  package let name: NameText?
  package let address: ShortText?
  package let phone: PhoneNumber?
  package let hours: OpeningHours?
  package let timeZone: TimeZoneName?

  package static let contract = Contract(
    name: "locations.update", route: .patch("/locations/{locationId}"), summary: "Change a location",
    message: "The location is changed.", access: .permission(.manageDepartments),
    limit: .standard, mode: .write, audit: .row(action: "location_updated", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<LocationKind> {
    let hospital = try call.hospital.id
    try await call.transaction.mustKnow(timeZone)
    let found = try await call.transaction.query(PlaceQueries.location(locationId, in: hospital))
    let rows = try await call.transaction.query(PlaceQueries.update(self, in: hospital))
    guard let row = rows.first else { throw Failure.unchanged("location", exists: !found.isEmpty) }
    call.audit.resource("location", locationId)
    return try Document(row)
  }
}
