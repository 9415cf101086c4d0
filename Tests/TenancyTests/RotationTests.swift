import Core
import Testing

@testable import Tenancy

@Suite struct RotationTests {
  private let people = (0..<4).map { UserID.new(at: Timestamp(microseconds: $0 * 1_000_000)) }
  /// Berlin around the autumn of 2026 and the spring of 2027.
  private let berlin = ZoneOffsets([
    .init(from: Self.time("2026-10-01T00:00:00Z"), seconds: 7200),
    .init(from: Self.time("2026-10-25T01:00:00Z"), seconds: 3600),
    .init(from: Self.time("2027-03-28T01:00:00Z"), seconds: 7200),
  ])

  private static func time(_ text: String) -> Timestamp {
    Timestamp(rfc3339: text) ?? Timestamp(microseconds: 0)
  }

  private func layer(
    _ indices: [Int], _ rotation: RotationKind, hours: Int64? = nil, at handover: String = "08:00",
    from start: String = "2026-10-20", until end: String? = nil, week: WeekHours? = nil
  ) -> OnCallLayer {
    OnCallLayer(
      participants: indices.map { people[$0] }, rotation: rotation, hours: hours.map { TurnHours(unchecked: $0) },
      handover: HandoverTime(unchecked: handover), startDate: CivilDate(unchecked: start),
      endDate: end.map { CivilDate(unchecked: $0) }, week: week)
  }

  @Test("97: an hour that comes twice is the second, one that is skipped as much later")
  func clocks() {
    // 2026-10-25 02:30 and 2027-03-28 02:30 on the wall.
    let autumn = CivilDate(unchecked: "2026-10-25").day * 86_400 + 9000
    let spring = CivilDate(unchecked: "2027-03-28").day * 86_400 + 9000
    #expect(berlin.instant(local: autumn).rfc3339 == "2026-10-25T01:30:00Z")
    #expect(berlin.instant(local: spring).rfc3339 == "2027-03-28T01:30:00Z")
    #expect(berlin.words(for: Self.time("2026-10-25T00:59:59Z")) == "Sunday 02:59")
    #expect(berlin.words(for: Self.time("2026-10-25T01:00:00Z")) == "Sunday 02:00")
    #expect(berlin.words(for: Self.time("1969-12-31T23:00:00Z")) == "Thursday 01:00")
  }

  @Test("97: turns change at the handover, begin with the start and end with the end")
  func turns() {
    let plan = OnCallPlan(layers: [layer([0, 1, 2], .daily, until: "2026-10-30")], zone: berlin)
    let found = plan.calendar(from: Self.time("2026-10-19T00:00:00Z"), to: Self.time("2026-11-01T00:00:00Z"))
    #expect(found.first?.duty == nil && found.last?.duty == nil)
    #expect(found.first?.to.rfc3339 == "2026-10-20T06:00:00Z" && found.last?.from.rfc3339 == "2026-10-30T07:00:00Z")
    #expect(found.dropFirst().dropLast().map(\.duty?.person) == (0..<10).map { people[$0 % 3] })
  }

  @Test("97: whoever stands in counts first, then the layers in their order, and who has left is nobody")
  func order() {
    let gone = people[3]
    let stand = OnCallPlan.Override(
      id: .new(at: Timestamp(microseconds: 0)), person: people[2], from: Self.time("2026-11-02T12:00:00Z"),
      to: Self.time("2026-11-02T13:00:00Z"))
    let plan = OnCallPlan(
      layers: [layer([3], .weekly), layer([0], .weekly, until: "2026-11-03"), layer([1], .weekly)],
      overrides: [stand], zone: berlin, isThere: { $0 != gone })
    let answers = ["2026-11-02T12:30:00Z", "2026-11-02T13:00:00Z", "2026-11-04T00:00:00Z"].map {
      plan.duty(at: Self.time($0))?.person
    }
    #expect(answers == [people[2], people[0], people[1]])
    #expect(
      OnCallPlan(layers: [layer([3], .daily)], zone: berlin, isThere: { $0 != gone })
        .duty(at: Self.time("2026-11-02T12:00:00Z")) == nil)
  }

  @Test("97: at each quarter hour of random rotations the turns that have begun, counted one by one, say who it is")
  func counted() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<60 {
      let hours = Int64.random(in: 1...50, using: &random)
      let count = Int.random(in: 1...4, using: &random)
      let rotation = layer(
        Array(0..<count), .custom, hours: hours, at: "0\(Int.random(in: 0...9, using: &random)):30",
        from: "2026-10-2\(Int.random(in: 0...6, using: &random))")
      let plan = OnCallPlan(layers: [rotation], zone: berlin)
      let anchor = rotation.startDate.day * 86_400 + Int64(rotation.handover.minutes) * 60
      let begins = (0..<400).map { berlin.instant(local: anchor + $0 * hours * 3600) }
      for quarter in 0..<(12 * 96) {
        let time = Self.time("2026-10-19T00:00:00Z").adding(seconds: Int64(quarter) * 900)
        let begun = begins.count { $0 <= time }
        #expect(plan.duty(at: time)?.person == (begun == 0 ? nil : people[(begun - 1) % count]))
      }
    }
  }

  @Test("97: hours of a week know their overlaps and the work without a break, over Sunday's midnight, too")
  func week() {
    func hours(_ spans: [(Int, Int, Int)]) -> WeekHours {
      WeekHours(
        days: (0..<7).map { day in
          DayHours(
            spans.filter { $0.0 == day }.map {
              .init(start: ClockTime(minutes: $0.1 * 60), end: ClockTime(minutes: $0.2 * 60))
            })
        })
    }
    #expect(hours([(6, 12, 24), (0, 0, 12)]).firstDay(workingOver: 1440) == nil)
    #expect(hours([(6, 12, 24), (0, 0, 13)]).firstDay(workingOver: 1440) == "monday")
    #expect(hours([(0, 8, 8), (1, 8, 9)]).firstDay(workingOver: 1440) == "tuesday")
    #expect(hours((0..<7).map { ($0, 0, 24) }).firstDay(workingOver: 1440) == "tuesday")
  }
}
