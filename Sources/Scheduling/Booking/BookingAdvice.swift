import Core
package import Operations
import Postgres
import Tenancy

/// What the calendar of a doctor says to a booking besides what is taken: asked by ``BookingDesk``.
package enum BookingAdvice {
  /// Why the doctor is not there at this time: outside of his hours, or off. None where he has said no hours.
  package static func refusals(_ plan: BookingPlan, _ call: inout WriteCall) async throws -> [BookingConflict] {
    let span = TimeSpan(from: plan.time.start, to: plan.time.end)
    let rows = try await call.transaction.query(
      AvailabilityQueries.isBound(plan.request.doctor, in: plan.hospital, span))
    guard let row = rows.first, try row.decode("is_bound", as: Bool.self) else { return [] }
    let book = try await call.openingBook(.one(plan.request.doctor), from: span.from, to: span.to)
    guard let person = book.person(plan.request.doctor) else { return [] }
    return book.closed(person, in: span).map {
      BookingConflict(
        resource: person.resource, kind: .doctorUnavailable, from: $0.from, to: $0.to, against: plan.time)
    }
  }

  /// What could be taken instead, the best first: what the patient prefers, then what is nearest.
  package static func alternatives(
    to plan: BookingPlan, _ call: inout WriteCall
  ) async throws -> [BookingAlternative] {
    let search = AlternativeSearch(
      doctor: plan.request.doctor, wanted: plan.time.start, minutes: plan.minutes, buffer: plan.time.bufferMinutes,
      isUrgent: plan.request.priority == .urgent, location: plan.request.location,
      preference: try await call.preference(of: plan.request.patient))
    return try await call.alternatives(search).map {
      BookingAlternative(
        doctor: $0.candidate.doctor, startsAt: $0.candidate.start,
        endsAt: $0.candidate.start.adding(seconds: Int64(plan.minutes) * 60), score: $0.score, label: $0.label)
    }
  }
}
