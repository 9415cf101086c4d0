import Core
import Testing

@testable import App

@Suite struct WatchTroublesTests {
  private static func time(_ seconds: Int64) -> Timestamp { Timestamp(microseconds: seconds * 1_000_000) }
  private static func report(_ stage: WatchStage?, since: Int64 = 50) -> WatchReport {
    WatchReport(stage: stage, since: time(since), holdsSeconds: 30)
  }

  @Test("310: another node's trouble is told here, and again with each word, until that node is well")
  func elsewhere() {
    var troubles = WatchTroubles()
    let trouble = WatchTroubles.Trouble(stage: .deliver, since: Self.time(50), isElsewhere: true)
    #expect(troubles.news(now: 0) == .none)
    troubles.heard(Self.report(.deliver), from: "a", now: 1)
    #expect(troubles.news(now: 1) == .degraded(trouble, isNew: true))
    troubles.heard(Self.report(.deliver), from: "a", now: 20)
    #expect(troubles.news(now: 31) == .degraded(trouble, isNew: false))
    #expect(troubles.own == nil && troubles.elsewhere == trouble)
    troubles.heard(Self.report(nil), from: "b", now: 32)
    #expect(troubles.news(now: 32) == .degraded(trouble, isNew: false))
    troubles.heard(Self.report(nil), from: "a", now: 33)
    #expect(troubles.news(now: 33) == .recovered)
    #expect(troubles.news(now: 34) == .none)
  }

  @Test("310: a node that says no more is believed no longer than its word held")
  func silence() {
    var troubles = WatchTroubles()
    troubles.heard(Self.report(.raise), from: "a", now: 100)
    _ = troubles.news(now: 100)
    #expect(troubles.news(now: 129.9) != .recovered)
    #expect(troubles.news(now: 130) == .recovered)
  }

  @Test("310: the own trouble comes first and keeps its beginning, and all is well when none is left")
  func ownFirst() {
    var troubles = WatchTroubles()
    troubles.heard(Self.report(.raise, since: 10), from: "a", now: 0)
    troubles.noted(.deliver, at: Self.time(60))
    troubles.noted(.acknowledge, at: Self.time(65))
    let own = WatchTroubles.Trouble(stage: .acknowledge, since: Self.time(60), isElsewhere: false)
    #expect(troubles.news(now: 1) == .degraded(own, isNew: true))
    troubles.noted(nil, at: Self.time(70))
    let other = WatchTroubles.Trouble(stage: .raise, since: Self.time(10), isElsewhere: true)
    #expect(troubles.news(now: 2) == .degraded(other, isNew: true))
    troubles.heard(Self.report(nil), from: "a", now: 3)
    #expect(troubles.news(now: 3) == .recovered)
  }

  @Test("310: at most a hundred nodes are remembered")
  func bounded() {
    var troubles = WatchTroubles()
    for node in 0..<150 { troubles.heard(Self.report(.raise), from: "\(node)", now: 0) }
    for node in 0..<100 { troubles.heard(Self.report(nil), from: "\(node)", now: 1) }
    #expect(troubles.news(now: 1) == .none)
  }

  @Test("310: a report reads back as it was written, and what is none is nothing")
  func words() {
    for report in [Self.report(.raise), Self.report(.acknowledge)] { #expect(WatchReport(report.text) == report) }
    #expect(WatchReport("well")?.stage == nil && WatchReport("well") != nil)
    for text in ["", "well ", "raise", "raise 1", "raise 1 0", "raise 1 601", "raise 0 30", "raise x 30", "burn 1 30"] {
      #expect(WatchReport(text) == nil, "\(text)")
    }
  }
}
