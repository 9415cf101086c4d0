import Core
import Jobs
package import Operations
import Postgres

/// Notes how a hospital's mails stand, under the id of their jobs. A mail of nobody's hospital leaves no row.
package struct MailLog: Sendable {
  private let executor: Executor

  package init(executor: Executor) { self.executor = executor }

  func sent(_ job: ClaimedJob) async throws {
    try await note(job) { DeliveryQueries.move(.send, $0, in: $1, tries: 1) }
  }

  func failed(_ job: ClaimedJob, reason: String, isFinal: Bool) async throws {
    try await note(job) {
      isFinal || job.isLastAttempt
        ? DeliveryQueries.move(.fail, $0, in: $1, reason: reason, tries: 1)
        : MailQueries.tried($0, in: $1, reason: reason)
    }
  }

  private func note(_ job: ClaimedJob, _ statement: (DeliveryID, HospitalID) -> SQL) async throws {
    guard let hospital = job.hospital else { return }
    let statement = statement(DeliveryID(rawValue: job.id.rawValue), hospital)
    try await executor.system(in: hospital) { call in call.transaction.queue(statement) }
  }
}
