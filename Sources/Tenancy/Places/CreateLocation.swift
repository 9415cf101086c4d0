package import Core
package import Operations
import Postgres

/// Adds a location to the hospital: at most 50, each with a name of its own and hours.
package struct CreateLocation: WriteOperation {
  package let name: NameText
  package let address: ShortText?
  package let phone: PhoneNumber?
  package let hours: OpeningHours?
  /// Nil: the hospital's.
  package let timeZone: TimeZoneName?

  package static let contract = Contract(
    name: "locations.create", route: .post("/locations", status: 201), summary: "Add a location",
    message: "The location is added.", access: .permission(.manageDepartments),
    limit: .standard, mode: .write, audit: .row(action: "location_created", category: .tenancy), cache: .never)

  static let limit = 50

  package func run(_ call: inout WriteCall) async throws -> Document<LocationKind> {
    let hospital = try call.hospital.id
    try await call.transaction.mustKnow(timeZone)
    let id = LocationID.new(at: call.now)
    call.transaction.queue(PlaceQueries.lockHospital(hospital))
    let rows = try await call.transaction.query(PlaceQueries.insert(self, id, in: hospital, limit: Self.limit))
    guard let row = rows.first else {
      throw Failure(
        .conflict, "A hospital has at most \(Self.limit) locations.", details: ["limit": .integer(Int64(Self.limit))])
    }
    call.audit.resource("location", id)
    return try Document(row)
  }
}

extension Transaction {
  /// Refuses a time zone that the database does not know.
  func mustKnow(_ zone: TimeZoneName?) async throws {
    guard let zone else { return }
    guard try await query(OrganizationQueries.isTimeZone(zone)).first?.decode("known", as: Bool.self) ?? false else {
      throw Failure.unknownTimeZone
    }
  }
}
