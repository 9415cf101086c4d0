import Core
package import Operations
import Postgres

/// Lists what can be booked: doctors, rooms and devices.
package struct ListResources: ReadOperation {
  package let paging: Paging<BookableKind>
  package let kind: ResourceKind?
  package let onlyActive: Bool?

  package static let contract = Contract(
    name: "resources.list", aliases: ["resources.getAll"], route: .get("/resources"),
    summary: "List what can be booked", message: "The resources.", access: .permission(.viewAppointments),
    limit: .standard, mode: .read, audit: .refusalsOnly(category: .scheduling), cache: .never)

  private enum Key: String, CodingKey { case kind, onlyActive }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    let input = try decoder.container(keyedBy: Key.self)
    kind = try input.decodeIfPresent(ResourceKind.self, forKey: .kind)
    onlyActive = try input.decodeIfPresent(Bool.self, forKey: .onlyActive)
  }

  package func run(_ call: ReadCall) async throws -> Documents<BookableKind> {
    try await call.documents(
      ResourceQueries.list(kind, onlyActive: onlyActive ?? false, in: try call.hospital.id), paging,
      named: "resources \(kind?.rawValue ?? "") \(onlyActive ?? false)")
  }
}
