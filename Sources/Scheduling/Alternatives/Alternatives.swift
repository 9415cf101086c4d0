package import Core
import Operations
import Postgres
package import Tenancy

/// Finds other times for a visit: each half hour of the wanted day, each hour of the days after it, of the wanted
/// doctor and of whom the patient prefers.
package struct AlternativeSearch: Sendable {
  package let doctor: UserID
  package let wanted: Timestamp
  package let minutes: Int
  package let buffer: Int
  package let isUrgent: Bool
  package let location: LocationID?
  package internal(set) var preference: BookingPreference?

  static let most = 10
  static let mostOfADay = 5
  private static let days: Int64 = 7

  package init(
    doctor: UserID, wanted: Timestamp, minutes: Int, buffer: Int, isUrgent: Bool = false, location: LocationID? = nil
  ) {
    self.doctor = doctor
    self.wanted = wanted
    self.minutes = minutes
    self.buffer = buffer
    self.isUrgent = isUrgent
    self.location = location
  }

  /// From the wanted day's beginning to a week after it, wherever on earth the day begins.
  package var period: (from: Timestamp, to: Timestamp) {
    (wanted.adding(seconds: -86_400), wanted.adding(seconds: (Self.days + 1) * 86_400))
  }

  /// What has to be asked each time, in this order: what the patient prefers, and what the wanted doctor's calendar holds.
  func statements(for patient: PatientID, in hospital: HospitalID) -> [SQL] {
    [
      PreferenceQueries.find(patient, in: hospital),
      OpeningBook.changes(.one(doctor), in: hospital, from: period.from, to: period.to),
    ]
  }

  /// Whose calendars are looked at.
  package var doctors: [UserID] { [doctor] + [preference?.doctor].compactMap { $0 }.filter { $0 != doctor } }

  package func ranked(in books: [OpeningBook], now: Timestamp) -> [AlternativeRanking.Ranked] {
    guard let zone = books.first?.zone(nil) else { return [] }
    let day = ZoneOffsets.floor(zone.local(wanted), by: 86_400)
    let today = zone.times(local: day * 86_400, to: (day + 1) * 86_400)
    let from = max(now, today.first?.from ?? wanted)
    var candidates: [AlternativeRanking.Candidate] = []
    for book in books {
      for person in book.people {
        let near = starts(of: person, in: book, step: 30, from: from, to: today.last?.to ?? from)
        let later = starts(of: person, in: book, step: 60, from: max(now, today.last?.to ?? from), to: period.to)
        candidates += nearest(near, 2 * Self.mostOfADay).map { .init(doctor: person.id, start: $0) }
        candidates += later.map { .init(doctor: person.id, start: $0) }
      }
    }
    let ranking = AlternativeRanking(
      wanted: wanted, doctor: doctor, isUrgent: isUrgent, preference: preference, zone: zone)
    return ranking.ranked(candidates.filter { $0.start != wanted || $0.doctor != doctor }, most: Self.most)
  }

  private func nearest(_ starts: [Timestamp], _ most: Int) -> [Timestamp] {
    Array(starts.sorted { abs($0.seconds(since: wanted)) < abs($1.seconds(since: wanted)) }.prefix(most))
  }

  /// Free times on a grid of the clock, inside of the hours.
  private func starts(
    of person: OpeningBook.Person, in book: OpeningBook, step: Int, from: Timestamp, to: Timestamp
  ) -> [Timestamp] {
    guard from < to else { return [] }
    let open = book.open(person, from: from, to: to).filter {
      location == nil || $0.location == nil || $0.location == location
    }
    .map { OpenSpan($0.span, location: $0.location, step: step) }
    return SlotSearch(minutes: minutes, buffer: buffer, usual: person.usualMinutes)
      .starts(in: open, taken: person.taken, capacity: person.capacity, from: from, to: to).map(\.start)
  }
}

extension WriteCall {
  /// Adds what the patient prefers to a search; the calendars that it looks at then, the wanted doctor's first.
  func books(of search: inout AlternativeSearch, for patient: PatientID) async throws -> [OpeningBook] {
    guard let tenant else { throw Failure.internalFault }
    return try await books(of: &search, from: transaction.queries(search.statements(for: patient, in: tenant)))
  }

  /// The same from the answers to the search's statements.
  func books(of search: inout AlternativeSearch, from answers: [Rows]) async throws -> [OpeningBook] {
    guard answers.count == 2 else { throw Failure.internalFault }
    let (from, to) = search.period
    search.preference = try answers[0].first.map(BookingPreference.init)
    let hours = try await hours(of: search.doctor)
    var books = [
      try await OpeningBook(hours, answers[1], from: from, to: to) { try await transaction.query($0) }
    ]
    for doctor in search.doctors.dropFirst() {
      books.append(try await openingBook(.one(doctor), from: from, to: to))
    }
    return books
  }
}
