package import Core
package import Operations
import Postgres

/// Shows who is on call in each schedule, now or at another moment.
package struct ShowCurrentOnCall: ReadOperation {
  package let at: Timestamp?

  package static let contract = Contract(
    name: "onCall.getCurrent", route: .get("/on-call"), summary: "Who is on call", message: "Who is on call.",
    access: .permission(.viewSchedule), limit: .standard, mode: .read, audit: .refusalsOnly(category: .tenancy),
    cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<CurrentOnCallKind> {
    let time = at ?? call.now
    try OnCallPeriod.check(time, field: "at")
    let book = try await call.onCallBook(of: nil, from: time, to: time)
    return Document(json: [
      "at": time.json,
      "schedules": .array(
        book.schedules.map { schedule in
          [
            "scheduleId": .string(schedule.id.text), "name": .string(schedule.name),
            "departmentId": schedule.department.map { .string($0.text) } ?? .null,
            "role": schedule.role.map { .string($0) } ?? .null,
            "person": schedule.plan.duty(at: time).map { .object(book.json(of: $0)) } ?? .null,
          ]
        }),
    ])
  }
}
