package import Core
package import Operations
import Postgres

/// Takes a job off its queue that has not begun, or has died.
package struct CancelJob: WriteOperation {
  package let jobId: JobID

  package static let contract = Contract(
    name: "queues.cancelJob", route: .delete("/jobs/{jobId}"), summary: "Cancel a job that is not running",
    message: "The job is cancelled.", access: .permission(.manageSystem), limit: .standard, mode: .write,
    audit: .row(action: "job_cancelled", category: .system), cache: .never)

  package struct Output: Record {
    package let id: JobID
  }

  package func run(_ call: inout WriteCall) async throws -> Output {
    let row = try await call.transaction.query(QueueQueries.cancel(jobId)).first
    switch try row?.decode("state", as: String?.self) ?? nil {
    case "waiting", "delayed", "dead": break
    case "running": throw Failure(.conflict, "The job is running.")
    default: throw Failure.notFound("job")
    }
    call.audit.resource("job", jobId)
    return Output(id: jobId)
  }
}
