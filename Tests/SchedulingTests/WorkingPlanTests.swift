import Core
import Tenancy
import Testing

@testable import Scheduling

@Suite struct WorkingPlanTests {
  private static func time(_ text: String) -> Timestamp { Timestamp(rfc3339: text) ?? Timestamp(microseconds: 0) }

  /// Berlin from 2026 to 2027.
  private let berlin = ZoneOffsets([
    .init(from: Self.time("2026-01-01T00:00:00Z"), seconds: 3600),
    .init(from: Self.time("2026-03-29T01:00:00Z"), seconds: 7200),
    .init(from: Self.time("2026-10-25T01:00:00Z"), seconds: 3600),
  ])
  private let utc = ZoneOffsets([.init(from: Self.time("2026-01-01T00:00:00Z"), seconds: 0)])

  private func open(_ plan: WorkingPlan, _ from: String, _ to: String, _ zone: ZoneOffsets) -> [String] {
    plan.open(from: Self.time(from), to: Self.time(to)) { _ in zone }.map {
      "\($0.span.from.rfc3339) \($0.span.to.rfc3339)"
    }
  }

  @Test("169: hours with a break are two spans by the wall's clock, in summer and in winter")
  func seasons() {
    let plan = WorkingPlan(weekly: [.init(weekday: 1, start: 540, end: 720), .init(weekday: 1, start: 780, end: 1020)])
    #expect(
      open(plan, "2026-07-05T22:00:00Z", "2026-07-06T22:00:00Z", berlin) == [
        "2026-07-06T07:00:00Z 2026-07-06T10:00:00Z", "2026-07-06T11:00:00Z 2026-07-06T15:00:00Z",
      ])
    #expect(
      open(plan, "2026-12-06T23:00:00Z", "2026-12-07T23:00:00Z", berlin) == [
        "2026-12-07T08:00:00Z 2026-12-07T11:00:00Z", "2026-12-07T12:00:00Z 2026-12-07T16:00:00Z",
      ])
  }

  @Test("169: an hour that the clocks skip is not there, one that comes twice is there twice")
  func changesOfClocks() {
    let night = WorkingPlan(weekly: [.init(weekday: 7, start: 60, end: 240)])
    #expect(
      open(night, "2026-03-28T00:00:00Z", "2026-03-30T00:00:00Z", berlin) == [
        "2026-03-29T00:00:00Z 2026-03-29T02:00:00Z"
      ])
    #expect(
      open(night, "2026-10-24T00:00:00Z", "2026-10-26T00:00:00Z", berlin) == [
        "2026-10-24T23:00:00Z 2026-10-25T03:00:00Z"
      ])
    let skipped = WorkingPlan(weekly: [.init(weekday: 7, start: 120, end: 180)])
    #expect(open(skipped, "2026-03-28T00:00:00Z", "2026-03-30T00:00:00Z", berlin) == [])
    let half = WorkingPlan(weekly: [.init(weekday: 7, start: 120, end: 150)])
    #expect(
      open(half, "2026-10-24T00:00:00Z", "2026-10-26T00:00:00Z", berlin) == [
        "2026-10-25T00:00:00Z 2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z 2026-10-25T01:30:00Z",
      ])
  }

  @Test("190: hours count from their first to their last day")
  func validity() {
    let first = CivilDate(unchecked: "2026-07-13").day
    let plan = WorkingPlan(weekly: [.init(weekday: 1, start: 0, end: 1440, validFrom: first, validUntil: first + 7)])
    #expect(
      open(plan, "2026-07-01T00:00:00Z", "2026-08-01T00:00:00Z", utc) == [
        "2026-07-13T00:00:00Z 2026-07-14T00:00:00Z", "2026-07-20T00:00:00Z 2026-07-21T00:00:00Z",
      ])
  }

  @Test("169: extra hours join the usual ones, a time off cuts all of them")
  func exceptions() {
    let plan = WorkingPlan(
      weekly: [.init(weekday: 1, start: 540, end: 720)],
      extra: [OpenSpan(.init(from: Self.time("2026-07-06T12:00:00Z"), to: Self.time("2026-07-06T14:00:00Z")))],
      off: [.init(from: Self.time("2026-07-06T10:00:00Z"), to: Self.time("2026-07-06T13:00:00Z"))])
    #expect(
      open(plan, "2026-07-06T00:00:00Z", "2026-07-07T00:00:00Z", utc) == [
        "2026-07-06T09:00:00Z 2026-07-06T10:00:00Z", "2026-07-06T13:00:00Z 2026-07-06T14:00:00Z",
      ])
  }

  @Test("169: a day is the same, whatever period is asked for")
  func periods() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      let weekly = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        let start = Int.random(in: 0..<1430, using: &random)
        return WorkingPlan.Weekly(
          weekday: Int.random(in: 1...7, using: &random), start: start,
          end: Int.random(in: start + 1...1440, using: &random))
      }
      let plan = WorkingPlan(weekly: weekly)
      let whole = plan.open(from: Self.time("2026-03-20T00:00:00Z"), to: Self.time("2026-11-05T00:00:00Z")) { _ in
        berlin
      }
      let from = Self.time("2026-03-25T00:00:00Z").adding(seconds: Int64.random(in: 0..<18_000_000, using: &random))
      let to = from.adding(seconds: Int64.random(in: 1..<900_000, using: &random))
      let part = plan.open(from: from, to: to) { _ in berlin }
      let asked = TimeSpan(from: from, to: to)
      #expect(part == whole.filter { $0.span.overlaps(asked) })
    }
  }

  @Test("169: visits begin on the grid of the hours and keep clear of what is taken and of its pause")
  func slots() {
    let open = [OpenSpan(.init(from: Self.time("2026-07-06T09:00:00Z"), to: Self.time("2026-07-06T11:10:00Z")))]
    let search = SlotSearch(minutes: 20, buffer: 10, usual: 15)
    func starts(_ taken: [SlotSearch.Taken], capacity: Int, from: String = "2026-07-06T00:00:00Z") -> [String] {
      search.starts(
        in: open, taken: taken, capacity: capacity, from: Self.time(from), to: Self.time("2026-07-07T00:00:00Z")
      ).map { String($0.start.rfc3339.dropFirst(11).prefix(5)) }
    }
    let taken = SlotSearch.Taken(
      seat: 0, .init(from: Self.time("2026-07-06T09:45:00Z"), to: Self.time("2026-07-06T10:00:00Z")))
    #expect(starts([], capacity: 1) == ["09:00", "09:20", "09:40", "10:00", "10:20", "10:40"])
    #expect(starts([taken], capacity: 1) == ["09:00", "10:00", "10:20", "10:40"])
    #expect(starts([taken], capacity: 2) == ["09:00", "09:20", "09:40", "10:00", "10:20", "10:40"])
    #expect(starts([taken, .init(seat: 100, taken.span)], capacity: 2) == ["09:00", "10:00", "10:20", "10:40"])
    #expect(starts([], capacity: 1, from: "2026-07-06T09:01:00Z").first == "09:20")
  }
}
