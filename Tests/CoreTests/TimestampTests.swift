import Core
import Testing

@Suite struct TimestampTests {
  @Test(
    "a time is read and written in RFC 3339",
    arguments: [
      ("2026-11-21T01:25:08.25Z", "2026-11-21T01:25:08.25Z"), ("2026-11-21 01:25:08.25+00", "2026-11-21T01:25:08.25Z"),
      ("2024-02-29T23:59:59+05:30", "2024-02-29T18:29:59Z"), ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
      ("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"),
      ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.5Z"),
    ])
  func roundTrip(_ text: String, _ expected: String) {
    #expect(Timestamp(rfc3339: text)?.rfc3339 == expected)
  }

  @Test(
    "what is no time is refused",
    arguments: [
      "", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-10T00:00:00Z", "2026-01-01T24:00:00Z",
      "2026-01-01T00:00:60Z", "2026-01-01T00:00:00", "2026-01-01", "2026-01-01T00:00:00.Z", "0000-01-01T00:00:00Z", "x",
      "9999-12-31T23:59:59-23:59",
      "0001-01-01T00:00:00+00:01",
    ])
  func refused(_ text: String) {
    #expect(Timestamp(rfc3339: text) == nil)
  }

  @Test("any time of the four-digit years survives being written and read")
  func property() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<20_000 {
      let time = Timestamp(microseconds: .random(in: -62_135_596_800_000_000...253_402_300_799_999_999, using: &random))
      #expect(Timestamp(rfc3339: time.rfc3339) == time)
    }
  }

  @Test("adding saturates instead of ending the process")
  func saturation() {
    #expect(Timestamp(microseconds: .max).adding(seconds: 1).microseconds == .max)
    #expect(Timestamp(microseconds: 0).adding(seconds: .min).microseconds == .min)
    #expect(Timestamp(microseconds: 5).adding(seconds: 2).microseconds == 2_000_005)
  }

  @Test("275: an id is a UUID of version 7 that sorts by time")
  func identifiers() throws {
    let earlier = AlertID.new(at: Timestamp(microseconds: 1_000_000_000_000_000))
    let later = AlertID.new(at: Timestamp(microseconds: 1_000_000_000_001_000))
    #expect(earlier.text < later.text)
    #expect(Array(earlier.text)[14] == "7")
    #expect("89ab".contains(Array(earlier.text)[19]))
    #expect(AlertID(earlier.text.uppercased()) == earlier)
    #expect(AlertID("not-a-uuid") == nil)
  }
}
