package import Core
import FoundationEssentials
import Postgres
import Secrets

/// Work for after the commit, written in the transaction that asks for it.
package struct Job: Sendable {
  package let queue: String
  package let kind: String
  /// Sealed where it is kept; at most about 60,000 bytes as JSON.
  package let payload: JSONValue
  package var priority = 5
  /// Nil: at once.
  package var dueAt: Timestamp?
  package var maxAttempts = 10

  package init(queue: String, kind: String, payload: JSONValue) {
    self.queue = queue
    self.kind = kind
    self.payload = payload
  }

  /// Where a job's payload is sealed to, so that one job's bytes do not open as another's.
  package static func place(of id: JobID) -> String { "jobs.payload \(id.text)" }
}

/// A letter to one address: a template's name and the values that it shows. The text is made when it is sent.
package struct Mail: Sendable {
  package let template: String
  package let to: EmailAddress
  package let values: [String: JSONValue]

  package init(_ template: String, to: EmailAddress, values: [String: JSONValue] = [:]) {
    self.template = template
    self.to = to
    self.values = values
  }

  package var job: Job {
    let members = values.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, $0.value) }
    var job = Job(
      queue: "email", kind: "mail.send",
      payload: .object([
        .init("template", .string(template)), .init("to", .string(to.text)), .init("values", .object(members)),
      ]))
    // About a day: a mail server may be away for a night.
    job.maxAttempts = 30
    return job
  }
}

extension WriteCall {
  /// Asks for work after the commit; queued with the transaction, so what fails leaves none.
  package mutating func enqueue(_ job: Job) throws {
    let id = JobID.new(at: now)
    let payload = try secrets.seal(job.payload.encoded, for: .jobPayload, place: Job.place(of: id))
    transaction.queue(
      HouseQueries.insert(job, id: id, payload: payload, hospital: tenant))
    hasJobs = true
  }

  /// Sends a mail after the commit.
  package mutating func send(_ mail: Mail) throws { try enqueue(mail.job) }
}
