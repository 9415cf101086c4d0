import Core
package import Operations
import Postgres

/// Lets the dead jobs of a queue begin again with all their attempts, the oldest first, 10,000 at most.
package struct ReplayQueue: WriteOperation {
  package let queue: QueueName

  package static let contract = Contract(
    name: "queues.replay", route: .post("/queues/{queue}/replay"), summary: "Do the dead jobs of a queue again",
    message: "The dead jobs begin again.", access: .permission(.manageSystem), limit: .standard, mode: .write,
    audit: .row(action: "queue_replayed", category: .system), cache: .never)

  package struct Output: Record {
    package let queue: QueueName
    package let replayed: JobCount
  }

  package func run(_ call: inout WriteCall) async throws -> Output {
    let row = try await call.transaction.query(QueueQueries.replay(queue)).first
    let count: Int64 = try row?.decode("count") ?? 0
    call.audit.resourceType = "queue"
    call.audit.details = ["queue": .string(queue.text), "replayed": .integer(count)]
    call.asksForWork()
    return Output(queue: queue, replayed: JobCount(unchecked: count))
  }
}
