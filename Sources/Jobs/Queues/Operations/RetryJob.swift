package import Core
package import Operations
import Postgres

/// Lets a job begin now that died or waits for its next attempt; a dead one has all its attempts again.
package struct RetryJob: WriteOperation {
  package let jobId: JobID

  package static let contract = Contract(
    name: "queues.retryJob", route: .post("/jobs/{jobId}/retry"), summary: "Let a dead or delayed job begin now",
    message: "The job begins as soon as there is room.", access: .permission(.manageSystem), limit: .standard,
    mode: .write, audit: .row(action: "job_retried", category: .system), cache: .never)

  package struct Output: Record {
    package let id: JobID
  }

  package func run(_ call: inout WriteCall) async throws -> Output {
    let row = try await call.transaction.query(QueueQueries.retry(jobId)).first
    switch try row?.decode("state", as: String?.self) ?? nil {
    case "dead", "delayed": break
    case "waiting": throw Failure(.conflict, "The job waits for its turn already.")
    case "running": throw Failure(.conflict, "The job is running.")
    case "taken": throw Failure(.conflict, "Another job does the same already.")
    default: throw Failure.notFound("job")
    }
    call.audit.resource("job", jobId)
    call.asksForWork()
    return Output(id: jobId)
  }
}
