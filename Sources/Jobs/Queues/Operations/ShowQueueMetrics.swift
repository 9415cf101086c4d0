import Core
package import Operations
package import Postgres

/// The queues in numbers, the processes that work and who leads them; the same stands at `/queue/metrics`.
package struct ShowQueueMetrics: ServedOperation {
  package static let contract = Contract(
    name: "queues.getMetrics", route: .get("/queue-metrics"),
    summary: "The queues in numbers, the processes that work on them, and who leads", message: "The queues in numbers.",
    access: .permission(.viewSystem), limit: .standard, mode: .read, audit: .refusalsOnly(category: .system),
    cache: .never)

  package func run(_ call: ReadCall, _ board: QueueBoard) async throws -> Document<QueueMetricsKind> {
    let queues = try await board.numbers()
    let nodes = try await board.nodes()
    func total(_ number: KeyPath<QueueNumbers, Int64>) -> JSONValue {
      .integer(queues.reduce(0) { $0 + $1[keyPath: number] })
    }
    let perMinute = queues.reduce(0) { $0 + $1.doneLastMinute }
    return Document(
      json: [
        "at": call.now.json, "waiting": total(\.waiting), "delayed": total(\.delayed), "running": total(\.running),
        "dead": total(\.dead), "workers": total(\.workers), "doneLastHour": total(\.doneLastHour),
        "failedLastHour": total(\.failedLastHour), "donePerSecond": .number(Double(perMinute) / 60),
        "queues": .array(queues.map(\.json)), "nodes": nodes,
      ])
  }
}

package enum QueueMetricsKind: Shaped {
  package static let shape = RowShape([
    .init("at", "", .timestamp), .init("waiting", "", .integer), .init("delayed", "", .integer),
    .init("running", "", .integer), .init("dead", "", .integer), .init("workers", "", .integer),
    .init("doneLastHour", "", .integer), .init("failedLastHour", "", .integer), .init("donePerSecond", "", .double),
    .init("queues", "", .json, schema: .array(QueueKind.shape.schema)),
    .init(
      "nodes", "", .json,
      schema: .array(
        RowShape([
          .init("node", "", .uuid), .init("kind", "", .string), .init("startedAt", "", .timestamp),
          .init("seenAt", "", .timestamp), .init("workers", "", .integer), .init("running", "", .integer),
          .init("term", "", .integer, nullable: true),
        ]).schema)),
  ])
}
