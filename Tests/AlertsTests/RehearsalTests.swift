@testable import Alerts
import Core
import Testing

@Suite struct RehearsalTests {
  private func people(_ groups: TierGroup...) -> Reachable {
    Reachable(Dictionary(uniqueKeysWithValues: groups.map { ($0, [UserID.new(at: Timestamp(microseconds: 0))]) }))
  }

  @Test("129: with everybody there each tier is reached at its own time")
  func everybody() {
    let all = people(.nurses, .doctors, .headDoctors, .administrators)
    let rehearsal = Rehearsal(ladder: Ladder(stepSeconds: [5, 60, 90], repeats: true), reachable: all)
    #expect(
      rehearsal.steps == [
        .init(tier: 1, afterSeconds: 0, skipped: false), .init(tier: 2, afterSeconds: 5, skipped: false),
        .init(tier: 3, afterSeconds: 60, skipped: false), .init(tier: 4, afterSeconds: 90, skipped: false),
      ])
    #expect(rehearsal.repeatsEverySeconds == 30)
  }

  @Test("129: an empty tier is passed at once, the next one takes its time and the later ones stay")
  func empty() {
    let ladder = Ladder(stepSeconds: [10, 20, 30], repeats: false)
    let rehearsal = Rehearsal(ladder: ladder, reachable: people(.doctors, .administrators))
    #expect(rehearsal.steps.map(\.tier) == [1, 2, 3, 4])
    #expect(rehearsal.steps.map(\.afterSeconds) == [0, 0, 20, 20])
    #expect(rehearsal.steps.map(\.skipped) == [true, false, true, false])
    #expect(rehearsal.repeatsEverySeconds == nil)
  }

  @Test("129: a rehearsal ends for any ladder and any people, with rising tiers and times")
  func ends() {
    for count in 1...50 {
      let ladder = Ladder(stepSeconds: (1...count).map { $0 * 5 }, repeats: true)
      for reachable in [Reachable(), people(.nurses), people(.administrators), people(.headDoctors)] {
        let steps = Rehearsal(ladder: ladder, reachable: reachable).steps
        #expect(steps.map(\.tier) == Array(1...steps.count))
        #expect(steps.map(\.afterSeconds) == steps.map(\.afterSeconds).sorted())
        #expect(steps.count >= ladder.lastTier)
      }
    }
  }
}
