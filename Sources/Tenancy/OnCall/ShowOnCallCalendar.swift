package import Core
package import Operations
import Postgres

/// Shows who is on call when in one schedule, and when nobody is; a week from now when no period is given.
package struct ShowOnCallCalendar: ReadOperation {
  package let scheduleId: OnCallScheduleID
  package let from: Timestamp?
  package let to: Timestamp?

  package static let contract = Contract(
    name: "onCall.getCalendar", route: .get("/on-call-schedules/{scheduleId}/calendar"),
    summary: "Who is on call when", message: "The calendar.", access: .permission(.viewSchedule), limit: .standard,
    mode: .read, audit: .refusalsOnly(category: .tenancy), cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<OnCallCalendarKind> {
    let period = try OnCallPeriod(from: from, to: to, now: call.now)
    let book = try await call.onCallBook(of: scheduleId, from: period.from, to: period.to)
    guard let schedule = book.schedules.first else { throw Failure.notFound("schedule") }
    let entries = schedule.plan.calendar(from: period.from, to: period.to)
    let spans = entries.compactMap { entry in
      entry.duty.map { duty in
        JSONValue.object([.init("from", entry.from.json), .init("to", entry.to.json)] + book.json(of: duty))
      }
    }
    return Document(json: [
      "scheduleId": .string(schedule.id.text), "name": .string(schedule.name),
      "timeZone": .string(try call.hospital.timeZone), "from": period.from.json, "to": period.to.json,
      "entries": .array(spans), "gaps": .array(book.gaps(entries, of: schedule)),
    ])
  }
}
