package import Core
package import Tenancy

/// What a patient prefers among free times.
package struct BookingPreference: Sendable, Equatable {
  package let doctor: UserID?
  /// 1 is Monday; empty: any.
  package let weekdays: Set<Int>
  /// Minutes of the day on the hospital's clocks.
  package let hours: Range<Int>?

  package init(doctor: UserID? = nil, weekdays: Set<Int> = [], hours: Range<Int>? = nil) {
    self.doctor = doctor
    self.weekdays = weekdays
    self.hours = hours
  }

  /// Of the things that are preferred, how many a time has.
  func met(by doctor: UserID, weekday: Int, minute: Int) -> Int {
    (self.doctor == doctor ? 1 : 0) + (weekdays.contains(weekday) ? 1 : 0)
      + (hours?.contains(minute) ?? false ? 1 : 0)
  }

  var wishes: Int { (doctor == nil ? 0 : 1) + (weekdays.isEmpty ? 0 : 1) + (hours == nil ? 0 : 1) }
}

/// Ranks what could be booked instead of a time that is taken. Pure; the numbers are INVENTORY 2.3's: 100 − 5 for each
/// hour of distance, +20 for an emergency, +10 from 10 to 11 and from 14 to 15, −20 outside of 9 to 17, 70 on another
/// day; above 80 it is preferred, above 60 available.
package struct AlternativeRanking: Sendable {
  package let wanted: Timestamp
  package let doctor: UserID
  package let isUrgent: Bool
  package let preference: BookingPreference?
  package let zone: ZoneOffsets

  package init(
    wanted: Timestamp, doctor: UserID, isUrgent: Bool, preference: BookingPreference?, zone: ZoneOffsets
  ) {
    self.wanted = wanted
    self.doctor = doctor
    self.isUrgent = isUrgent
    self.preference = preference
    self.zone = zone
  }

  package struct Candidate: Sendable, Equatable {
    package let doctor: UserID
    package let start: Timestamp

    package init(doctor: UserID, start: Timestamp) {
      self.doctor = doctor
      self.start = start
    }
  }

  package struct Ranked: Sendable, Equatable {
    package let candidate: Candidate
    package let score: Int
    /// How many of the patient's wishes it meets.
    package let wishes: Int

    package var label: String { score > 80 ? "preferred" : score > 60 ? "available" : "possible" }
  }

  package func score(_ start: Timestamp) -> Int {
    let day = ZoneOffsets.floor(zone.local(start), by: 86_400)
    guard day == ZoneOffsets.floor(zone.local(wanted), by: 86_400) else { return 70 }
    let hours = abs(start.seconds(since: wanted)) / 3600
    let minute = Int((zone.local(start) - day * 86_400) / 60)
    var score = 100 - Int((5 * hours).rounded())
    if isUrgent { score += 20 }
    if (600..<660).contains(minute) || (840..<900).contains(minute) { score += 10 }
    if !(540..<1020).contains(minute) { score -= 20 }
    return max(0, score)
  }

  private func wishes(_ candidate: Candidate) -> Int {
    guard let preference else { return 0 }
    let local = zone.local(candidate.start)
    let day = ZoneOffsets.floor(local, by: 86_400)
    return preference.met(
      by: candidate.doctor, weekday: ZoneOffsets.weekday(day) + 1, minute: Int((local - day * 86_400) / 60))
  }

  /// What meets the most of the patient's wishes first, then the wanted doctor, then the best score, then the nearest.
  package func ranked(_ candidates: [Candidate], most: Int) -> [Ranked] {
    let all = candidates.map { Ranked(candidate: $0, score: score($0.start), wishes: wishes($0)) }
    let sorted = all.sorted { a, b in
      if a.wishes != b.wishes { return a.wishes > b.wishes }
      if preference?.doctor == nil, (a.candidate.doctor == doctor) != (b.candidate.doctor == doctor) {
        return a.candidate.doctor == doctor
      }
      if a.score != b.score { return a.score > b.score }
      let distances = (abs(a.candidate.start.seconds(since: wanted)), abs(b.candidate.start.seconds(since: wanted)))
      if distances.0 != distances.1 { return distances.0 < distances.1 }
      return (a.candidate.start, a.candidate.doctor.text) < (b.candidate.start, b.candidate.doctor.text)
    }
    return Array(sorted.prefix(most))
  }
}
