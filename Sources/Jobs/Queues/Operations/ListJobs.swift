import Core
package import Operations
import Postgres

/// Lists the jobs of a queue in a state, the newest first, 10,000 at most: those of the caller's hospital; a super
/// administrator sees the installation's own as well. What a job is about is not shown.
package struct ListJobs: ReadOperation {
  package let paging: Paging<JobKind>
  package let queue: QueueName
  package let state: JobState?

  package static let contract = Contract(
    name: "queues.listJobs", route: .get("/queues/{queue}/jobs"),
    summary: "List the jobs of a queue that wait, run, died (the default) or are done",
    message: "The jobs.", access: .permission(.viewSystem), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .system), cache: .never)

  private enum Key: String, CodingKey { case queue, state }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    let input = try decoder.container(keyedBy: Key.self)
    queue = try input.decode(QueueName.self, forKey: .queue)
    state = try input.decodeIfPresent(JobState.self, forKey: .state)
  }

  package func run(_ call: ReadCall) async throws -> Documents<JobKind> {
    let state = state ?? .dead
    let list = QueueQueries.jobs(of: queue, in: state)
    return try await call.documents(list, paging, named: "jobs \(queue.text) \(state.rawValue)")
  }
}
