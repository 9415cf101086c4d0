package import Operations
import Postgres

/// Lists the hospital's people and screens that are connected, to whichever node, those first who came first.
package struct ListPresence: ServedOperation {
  package let paging: Paging<PresenceKind>

  package static let contract = Contract(
    name: "system.presence", route: .get("/presence"),
    summary: "List who is connected to any node: since when and with how many sockets and streams",
    message: "Who is connected.", access: .permission(.viewSystem), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .system), cache: .never)

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: ReadCall, _ connections: Connections) async throws -> Documents<PresenceKind> {
    let told = await connections.presenceInRedis(of: try call.hospital.id)
    return try await call.documents(PresenceQueries.people(inRedis: told), paging, named: "presence")
  }
}
