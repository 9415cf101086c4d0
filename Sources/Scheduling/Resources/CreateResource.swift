package import Core
package import Operations
import Postgres
package import Tenancy

/// Adds a room or a device that can be booked.
package struct CreateResource: WriteOperation {
  package let kind: ThingKind
  package let name: NameText
  package let locationId: LocationID?
  package let capacity: Capacity?
  package let averageMinutes: AverageMinutes?
  package let feeMinor: FeeMinor?

  package static let contract = Contract(
    name: "resources.create", route: .post("/resources", status: 201), summary: "Add what can be booked",
    message: "The resource is added.", access: .permission(.manageAvailability), limit: .standard, mode: .write,
    audit: .row(action: "resource_created", category: .scheduling), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<BookableKind> {
    let hospital = try call.hospital.id
    try await call.mustHaveLocation(locationId)
    let id = ResourceID.new(at: call.now)
    let rows = try await call.transaction.query(ResourceQueries.insert(self, id, in: hospital))
    guard let row = rows.first else { throw Failure.internalFault }
    call.audit.resource("resource", id)
    return try Document(row)
  }
}

/// Changes what can be booked; what is not given stays as it is.
package struct UpdateResource: WriteOperation {
  package let resourceId: ResourceID
  package let version: AppointmentVersion
  package let name: NameText?
  package let locationId: LocationID?
  package let capacity: Capacity?
  package let averageMinutes: AverageMinutes?
  package let feeMinor: FeeMinor?
  package let isActive: Bool?

  package static let contract = Contract(
    name: "resources.update", route: .patch("/resources/{resourceId}"), summary: "Change what can be booked",
    message: "The resource is changed.", access: .permission(.manageAvailability), limit: .standard, mode: .write,
    audit: .row(action: "resource_updated", category: .scheduling), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<BookableKind> {
    let hospital = try call.hospital.id
    let found = try await call.transaction.query(ResourceQueries.version(of: resourceId, in: hospital))
    guard let before = found.first else { throw Failure.notFound("resource") }
    try await call.mustHaveLocation(locationId)
    let rows = try await call.transaction.query(ResourceQueries.update(self, in: hospital))
    guard let row = rows.first else {
      throw Failure(
        .conflict, "The resource was changed meanwhile. Read it again.",
        details: ["version": .integer(try before.decode("version"))])
    }
    call.audit.resource("resource", resourceId)
    return try Document(row)
  }
}

extension WriteCall {
  fileprivate func mustHaveLocation(_ id: LocationID?) async throws {
    guard let id else { return }
    let rows = try await transaction.query(
      ResourceQueries.location(Identifier(rawValue: id.rawValue), in: try hospital.id))
    guard !rows.isEmpty else {
      throw Failure.invalid("locationId", "refers to nothing in this hospital", rule: "exists")
    }
  }
}
