package import Operations
import Postgres

/// Shows a location of the hospital.
package struct GetLocation: ReadOperation {
  package let locationId: LocationID

  package static let contract = Contract(
    name: "locations.getById", route: .get("/locations/{locationId}"), summary: "Show a location",
    message: "The location.", access: .permission(.viewDepartments), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .tenancy), cache: .lasts(.query, dependsOn: [.locations]))

  package func run(_ call: ReadCall) async throws -> Document<LocationKind> {
    try Document(try await call.row(PlaceQueries.location(locationId, in: try call.hospital.id), else: "location"))
  }
}
