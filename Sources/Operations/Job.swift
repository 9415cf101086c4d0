package import Core
import FoundationEssentials
import Postgres
import Secrets

/// Work for after the commit, written in the transaction that asks for it.
package struct Job: Sendable {
  package let queue: String
  package let kind: String
  /// Sealed where it is kept, unless it is null; at most about 60,000 bytes as JSON.
  package let payload: JSONValue
  package var priority = JobPriority.normal
  /// Nil: at once.
  package var dueAt: Timestamp?
  /// 1 to 100.
  package var maxAttempts = 3
  /// While a job of this hospital and kind with the same key is open, a further one is not written; 1 to 200 characters.
  package var uniqueKey: String?

  package init(queue: String, kind: String, payload: JSONValue) {
    self.queue = queue
    self.kind = kind
    self.payload = payload
  }

  /// Whether engines have to be woken for it: each looks once a second besides, and sees then what is due within the next.
  func isSoon(at now: Timestamp) -> Bool { dueAt.map { $0 <= now.adding(seconds: 1) } ?? true }

  /// Where a job's payload is sealed to, so that one job's bytes do not open as another's.
  package static func place(of id: JobID) -> String { "jobs.payload \(id.text)" }
}

/// How urgent a job is beside the others of its queue; the numbers are the design's.
package enum JobPriority: Int, Sendable, CaseIterable {
  case critical = 10
  case high = 7
  case normal = 5
  case low = 3
  case background = 1

  /// As it is stored: the lowest begins first.
  package var place: Int { 10 - rawValue }
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

  /// How many ordinary mails of a hospital go out in an hour; the next one waits for the hour after.
  package static let ordinaryPerHour = 100
  /// The letters that can wait; those about accounts, codes and alerts never do.
  static let ordinary: Set = ["invitation", "hospital-welcome", "receipt"]

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
  /// Asks for work after the commit; queued with the transaction, so what fails leaves none. The job's id, unless one
  /// with its unique key is open.
  @discardableResult
  package mutating func enqueue(_ job: Job) throws -> JobID {
    let id = JobID.new(at: now)
    let payload =
      job.payload == .null ? [] : try secrets.seal(job.payload.encoded, for: .jobPayload, place: Job.place(of: id))
    transaction.queue(
      HouseQueries.insert(job, id: id, payload: payload, hospital: tenant))
    if job.isSoon(at: now) { hasJobs = true }
    return id
  }

  /// There is work by another way than ``enqueue(_:)``: engines look after the commit.
  package mutating func asksForWork() { hasJobs = true }

  /// Sends a mail after the commit.
  @discardableResult
  package mutating func send(_ mail: Mail) throws -> JobID {
    let id = Mail.ordinary.contains(mail.template) ? try enqueueMail(mail.job) : try enqueue(mail.job)
    if let tenant { transaction.queue(HouseQueries.logMail(id, mail.template, hospital: tenant)) }
    return id
  }
}
