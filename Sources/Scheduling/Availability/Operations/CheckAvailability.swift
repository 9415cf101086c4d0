package import Core
package import Operations
import Postgres

/// Whether a doctor can be booked at a time, and if not, why; never who has the time.
package struct CheckAvailability: ReadOperation {
  package let doctorId: UserID
  package let startsAt: Timestamp
  package let service: ServiceName?
  package let minutes: VisitMinutes?

  package static let contract = Contract(
    name: "availability.check", route: .get("/doctors/{doctorId}/availability"),
    summary: "Ask whether a doctor is free", message: "The answer.", access: .permission(.viewHospital),
    limit: RateLimit("availability.check", max: 300, windowSeconds: 60), mode: .read,
    audit: .refusalsOnly(category: .scheduling), cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<AvailabilityAnswerKind> {
    let wanted = try WantedVisit(service, minutes)
    // As long as a visit can be, since the doctor's own pace is not known yet.
    let book = try await call.openingBook(.one(doctorId), from: startsAt, to: startsAt.adding(seconds: 8 * 3600))
    guard let person = book.person(doctorId) else { throw Failure.notFound("doctor") }
    let length = wanted.minutes ?? person.usualMinutes
    let span = TimeSpan(from: startsAt, minutes: length)
    let conflicts = book.conflicts(of: person, with: span, buffer: wanted.buffer, at: call.now)
    return Document(json: [
      "doctorId": .string(doctorId.text), "startsAt": startsAt.json, "endsAt": span.to.json,
      "isAvailable": .bool(conflicts.isEmpty), "conflicts": .array(conflicts.map(\.json)),
    ])
  }
}
