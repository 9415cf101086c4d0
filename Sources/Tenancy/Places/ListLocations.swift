package import Operations
import Postgres

/// Lists the hospital's locations by name.
package struct ListLocations: ReadOperation {
  package let paging: Paging<LocationKind>

  package static let contract = Contract(
    name: "locations.getAll", route: .get("/locations"), summary: "List the locations", message: "The locations.",
    access: .permission(.viewDepartments), limit: .standard, mode: .read, audit: .refusalsOnly(category: .tenancy),
    cache: .lasts(.query, dependsOn: [.locations]))

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: ReadCall) async throws -> Documents<LocationKind> {
    try await call.documents(PlaceQueries.locations(in: try call.hospital.id), paging, named: "locations")
  }
}
