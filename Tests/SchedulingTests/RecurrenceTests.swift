import Core
import Tenancy
import Testing

@testable import Scheduling

@Suite struct RecurrenceTests {
  private func days(_ rule: String, from start: String) throws -> [String] {
    let first = try #require(Timestamp(rfc3339: start))
    return RecurrenceRule(unchecked: rule).times(from: first.microseconds / 1_000_000).map {
      String(Timestamp(microseconds: 0).adding(seconds: $0).rfc3339.prefix(10))
    }
  }

  @Test("186: rules of RFC 5545 come when they say, an UNTIL is a whole day")
  func rules() throws {
    #expect(
      try days("FREQ=WEEKLY;COUNT=4", from: "2026-11-23T09:00:00Z") == [
        "2026-11-23", "2026-11-30", "2026-12-07", "2026-12-14",
      ])
    #expect(
      try days("FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20261203", from: "2026-11-23T09:00:00Z") == [
        "2026-11-23", "2026-11-26", "2026-11-30", "2026-12-03",
      ])
    #expect(
      try days("FREQ=MONTHLY;BYDAY=-1FR;COUNT=3", from: "2026-11-27T09:00:00Z") == [
        "2026-11-27", "2026-12-25", "2027-01-29",
      ])
    #expect(
      try days("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3", from: "2026-12-31T09:00:00Z") == [
        "2026-12-31", "2027-01-31", "2027-03-31",
      ])
    #expect(
      try days("FREQ=YEARLY;COUNT=2", from: "2028-02-29T09:00:00Z") == ["2028-02-29", "2032-02-29"])
  }

  @Test("186: what has another end comes as often as is left")
  func ends() {
    #expect(
      RecurrenceRule(unchecked: "FREQ=WEEKLY;UNTIL=20261203;BYDAY=MO").ending(after: 3).text
        == "FREQ=WEEKLY;BYDAY=MO;COUNT=3")
  }

  @Test("186: a time that the clocks show twice is the first, one that they skip as much later")
  func clocks() throws {
    let zone = ZoneOffsets([
      .init(from: try #require(Timestamp(rfc3339: "2026-10-01T00:00:00Z")), seconds: 7200),
      .init(from: try #require(Timestamp(rfc3339: "2026-10-25T01:00:00Z")), seconds: 3600),
      .init(from: try #require(Timestamp(rfc3339: "2027-03-28T01:00:00Z")), seconds: 7200),
    ])
    let autumn = CivilDate(unchecked: "2026-10-25").day * 86_400 + 9000
    let spring = CivilDate(unchecked: "2027-03-28").day * 86_400 + 9000
    #expect(zone.recurrence(local: autumn).rfc3339 == "2026-10-25T00:30:00Z")
    #expect(zone.recurrence(local: spring).rfc3339 == "2027-03-28T01:30:00Z")
  }

  @Test("184: lines end within 75 bytes, between characters, and marks of the language are escaped")
  func calendar() throws {
    let time = try #require(Timestamp(rfc3339: "2026-11-23T09:00:00.5Z"))
    let entry = CalendarText.Entry(
      id: "a", start: time, end: time, changedAt: time, sequence: 0, status: .confirmed,
      summary: String(repeating: "ß😀", count: 40), location: "A; B, C\\D\nE")
    let text = CalendarText(name: "Ward", entries: [entry]).text
    let lines = text.split(separator: "\r\n")
    #expect(lines.allSatisfy { $0.utf8.count <= 75 })
    #expect(text.replacing("\r\n ", with: "").contains("SUMMARY:" + String(repeating: "ß😀", count: 40) + "\r\n"))
    #expect(text.contains("LOCATION:A\\; B\\, C\\\\D\\nE\r\n") && text.contains("DTSTART:20261123T090000Z\r\n"))
  }

  @Test("178: the nearest time scores best, prime hours more, early and late less, another day 70")
  func ranking() throws {
    let noon = try #require(Timestamp(rfc3339: "2026-11-23T12:00:00Z"))
    let zone = ZoneOffsets([.init(from: noon.adding(seconds: -86_400 * 9), seconds: 0)])
    let one = UserID.new(at: noon)
    let two = UserID.new(at: noon)
    func ranking(_ preference: BookingPreference?, isUrgent: Bool = false) -> AlternativeRanking {
      AlternativeRanking(wanted: noon, doctor: one, isUrgent: isUrgent, preference: preference, zone: zone)
    }
    let plain = ranking(nil)
    #expect(plain.score(noon.adding(seconds: 3600)) == 95)
    #expect(plain.score(noon.adding(seconds: 7200)) == 100)
    #expect(plain.score(noon.adding(seconds: -4 * 3600)) == 60)
    #expect(plain.score(noon.adding(seconds: 86_400)) == 70)
    #expect(ranking(nil, isUrgent: true).score(noon.adding(seconds: 3600)) == 115)
    let near = AlternativeRanking.Candidate(doctor: one, start: noon.adding(seconds: 1800))
    let far = AlternativeRanking.Candidate(doctor: two, start: noon.adding(seconds: 2 * 86_400))
    #expect(plain.ranked([far, near], most: 10).map(\.candidate) == [near, far])
    #expect(ranking(.init(doctor: two)).ranked([near, far], most: 10).map(\.candidate) == [far, near])
    #expect(plain.ranked([far, near], most: 1).count == 1)
  }
}
