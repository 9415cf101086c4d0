package import Operations
import Postgres

/// Lists the sockets and streams of the hospital's people and screens on this node, oldest first.
package struct ListConnections: ServedOperation {
  package let paging: Paging<ConnectionKind>

  package static let contract = Contract(
    name: "system.connections", route: .get("/connections"),
    summary: "List who is connected to this node: since when, from where, with what",
    message: "The open sockets and streams.", access: .permission(.viewSystem), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .system), cache: .never)

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: ReadCall, _ connections: Connections) async throws -> Documents<ConnectionKind> {
    let rows = await connections.rows(of: try call.hospital.id)
    return try await call.documents(ConnectionQueries.connections(rows), paging, named: "connections")
  }
}
