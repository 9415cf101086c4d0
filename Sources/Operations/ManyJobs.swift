package import Core
import Postgres
import Secrets

extension WriteCall {
  /// Asks for an ordinary mail: at once, or in the first hour in which the hospital has one left.
  @discardableResult
  package mutating func enqueueMail(_ job: Job) throws -> JobID {
    let id = JobID.new(at: now)
    let payload = try secrets.seal(job.payload.encoded, for: .jobPayload, place: Job.place(of: id))
    transaction.queue(
      HouseQueries.insertMail(job, id: id, payload: payload, hospital: tenant, perHour: Mail.ordinaryPerHour))
    hasJobs = true
    return id
  }

  /// Asks for many jobs in one statement; none of them has a unique key.
  package mutating func enqueue(_ jobs: [Job]) throws {
    guard !jobs.isEmpty else { return }
    let ids = jobs.map { _ in JobID.new(at: now) }
    let payloads = try zip(jobs, ids).map {
      try secrets.seal($0.payload.encoded, for: .jobPayload, place: Job.place(of: $1))
    }
    transaction.queue(HouseQueries.insert(jobs, ids: ids, payloads: payloads, hospital: tenant))
    if jobs.contains(where: { $0.isSoon(at: now) }) { hasJobs = true }
  }
}
