package import Core
package import Operations
import Postgres

/// Shows when a schedule reaches nobody, of all schedules and in words, the first 1,000 spans.
package struct ShowOnCallGaps: ReadOperation {
  package let from: Timestamp?
  package let to: Timestamp?

  package static let contract = Contract(
    name: "onCall.getGaps", route: .get("/on-call-gaps"), summary: "When nobody is reachable",
    message: "The gaps.", access: .permission(.viewSchedule), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .tenancy), cache: .never)

  static let most = 1000

  package func run(_ call: ReadCall) async throws -> Document<OnCallGapsKind> {
    let period = try OnCallPeriod(from: from, to: to, now: call.now)
    let book = try await call.onCallBook(of: nil, from: period.from, to: period.to)
    var gaps: [JSONValue] = []
    for schedule in book.schedules where gaps.count <= Self.most {
      gaps += book.gaps(schedule.plan.calendar(from: period.from, to: period.to), of: schedule)
    }
    return Document(json: [
      "from": period.from.json, "to": period.to.json, "timeZone": .string(try call.hospital.timeZone),
      "schedules": .integer(Int64(book.schedules.count)), "gaps": .array(Array(gaps.prefix(Self.most))),
      "isCut": .bool(gaps.count > Self.most),
    ])
  }
}
