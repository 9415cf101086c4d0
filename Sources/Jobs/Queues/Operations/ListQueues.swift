import Core
package import Operations
import Postgres

/// Lists the queues with what waits, runs and died in them, over all hospitals and nodes: numbers, and no job.
package struct ListQueues: ServedOperation {
  package let paging: Paging<QueueKind>

  package static let contract = Contract(
    name: "queues.list", route: .get("/queues"),
    summary: "List the queues: what waits, runs and died in them, who works on them, how soon jobs begin",
    message: "The queues.", access: .permission(.viewSystem), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .system), cache: .never)

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: ReadCall, _ board: QueueBoard) async throws -> Documents<QueueKind> {
    let numbers = try await board.numbers()
    let rows = numbers.enumerated().map { place, each in each.json.adding("place", .integer(Int64(place))) }
    return try await call.documents(QueueQueries.queues(.array(rows)), paging, named: "queues")
  }
}

extension JSONValue {
  fileprivate func adding(_ key: String, _ value: JSONValue) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members + [.init(key, value)])
  }
}
