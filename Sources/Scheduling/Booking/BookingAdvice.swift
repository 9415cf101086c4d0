import Core
package import Operations
import Postgres
import Tenancy

/// What calendars say to a booking besides what is in its way: asked by ``BookingDesk``.
package struct BookingAdvice {
  /// Why the doctor is not there at this time.
  let refusals: [BookingConflict]
  /// What could be taken instead, the best first: what the patient prefers, then what is nearest.
  package let alternatives: [BookingAlternative]

  /// What has to be asked, where something else is asked with it.
  static func statements(_ plan: BookingPlan) -> [SQL] {
    AlternativeSearch(for: plan).statements(for: plan.request.patient, in: plan.hospital)
  }

  /// Both from one look at the calendars; `answers` to its statements, where they have been asked.
  init(to plan: BookingPlan, from answers: [Rows]? = nil, _ call: inout WriteCall) async throws {
    var search = AlternativeSearch(for: plan)
    let books =
      if let answers { try await call.books(of: &search, from: answers) } else {
        try await call.books(of: &search, for: plan.request.patient)
      }
    refusals = books.first.map { Self.refusals(plan, in: $0) } ?? []
    alternatives = search.ranked(in: books, now: call.now).map {
      BookingAlternative(
        doctor: $0.candidate.doctor, startsAt: $0.candidate.start,
        endsAt: $0.candidate.start.adding(seconds: Int64(plan.minutes) * 60), score: $0.score, label: $0.label)
    }
  }

  /// Why the doctor is not there at this time: outside of his hours, or off. None where he has said no hours.
  package static func refusals(_ plan: BookingPlan, _ call: inout WriteCall) async throws -> [BookingConflict] {
    refusals(
      plan, in: try await call.openingBook(.one(plan.request.doctor), from: plan.time.start, to: plan.time.end))
  }

  private static func refusals(_ plan: BookingPlan, in book: OpeningBook) -> [BookingConflict] {
    let span = TimeSpan(from: plan.time.start, to: plan.time.end)
    guard let person = book.person(plan.request.doctor), person.isBound(in: span) else { return [] }
    return book.closed(person, in: span).map {
      BookingConflict(
        resource: person.resource, kind: .doctorUnavailable, from: $0.from, to: $0.to, against: plan.time)
    }
  }
}

extension AlternativeSearch {
  fileprivate init(for plan: BookingPlan) {
    self.init(
      doctor: plan.request.doctor, wanted: plan.time.start, minutes: plan.minutes, buffer: plan.time.bufferMinutes,
      isUrgent: plan.request.priority == .urgent, location: plan.request.location)
  }
}
