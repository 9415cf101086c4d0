@testable import Alerts
import Core
import Testing

@Suite struct LadderTests {
  private let start = Timestamp(microseconds: 1_800_000_000_000_000)

  private func minutes(_ ladder: Ladder) -> [Int] { ladder.stepSeconds.map { $0 / 60 } }

  @Test("129: each urgency has the steps of the table")
  func table() {
    let table = (1...5).map { minutes(.standard(for: Urgency(unchecked: $0))) }
    #expect(table == [[60], [30, 60, 90], [15, 30, 45], [10, 20, 30], [5, 10, 15]])
    #expect((1...5).map { Ladder.standard(for: Urgency(unchecked: $0)).repeats } == [false, false, false, true, true])
  }

  @Test("132: after the last step nothing is due below urgency 4, and the last interval repeats from 4 on")
  func end() {
    let low = Ladder.standard(for: Urgency(unchecked: 3))
    #expect(low.due(inTier: 4, createdAt: start, now: start.adding(seconds: 45 * 60)) == nil)
    let critical = Ladder.standard(for: Urgency(unchecked: 5))
    #expect(
      critical.due(inTier: 4, createdAt: start, now: start.adding(seconds: 15 * 60)) == start.adding(seconds: 20 * 60))
    #expect(
      critical.due(inTier: 4, createdAt: start, now: start.adding(seconds: 33 * 60)) == start.adding(seconds: 35 * 60))
  }

  @Test("a step's due time depends on nothing but the creation, for any ladder and any moment")
  func neverMoves() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let steps = (0..<Int.random(in: 1...50, using: &random)).map { _ in Int.random(in: 5...604_800, using: &random) }
      let ladder = Ladder(stepSeconds: steps, repeats: Bool.random(using: &random))
      for (index, seconds) in steps.sorted().enumerated() {
        let now = start.adding(seconds: Int64.random(in: 0...700_000, using: &random))
        #expect(ladder.due(inTier: index + 1, createdAt: start, now: now) == start.adding(seconds: Int64(seconds)))
      }
    }
  }

  @Test("a repeat lies after now and on the grid of the last interval")
  func repeats() throws {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let steps = (0..<Int.random(in: 1...6, using: &random)).map { _ in Int.random(in: 5...9000, using: &random) }
      let ladder = Ladder(stepSeconds: steps, repeats: true)
      let now = start.adding(seconds: Int64.random(in: 0...1_000_000, using: &random))
      let due = try #require(ladder.due(inTier: ladder.lastTier, createdAt: start, now: now))
      let last = Int64(try #require(steps.max()))
      #expect(due > now)
      let since = due.microseconds - start.adding(seconds: last).microseconds
      #expect(since > 0)
      #expect(since % (Int64(ladder.lastInterval) * 1_000_000) == 0)
    }
  }

  @Test("138: tier n reaches the n-th group, and the administrators from the fourth on")
  func groups() {
    #expect(
      (1...6).map { TierGroup(tier: $0) } == [
        .nurses, .doctors, .headDoctors, .administrators, .administrators, .administrators,
      ])
  }
}

@Suite struct ClimbTests {
  private let ladder = Ladder.standard(for: Urgency(unchecked: 5))
  private func person() -> UserID { UserID.new(at: Timestamp(microseconds: 0)) }

  @Test("134: a climb goes one tier, for its reason")
  func one() {
    let all = Reachable([
      .nurses: [person()], .doctors: [person()], .headDoctors: [person()], .administrators: [person()],
    ])
    let climb = Climb(from: 1, because: .manual, ladder: ladder, reachable: all)
    #expect(climb.steps == [.init(from: 1, to: 2, reason: .manual)])
    #expect(Climb.beginning(ladder: ladder, reachable: all).steps.isEmpty)
  }

  @Test("an empty tier is skipped at once and the administrators are the failsafe")
  func skips() {
    let climb = Climb(from: 1, because: .timeout, ladder: ladder, reachable: Reachable([.administrators: [person()]]))
    #expect(climb.steps.map(\.reason) == [.timeout, .emptyTier, .emptyTier])
    #expect(climb.tier == 4)
    #expect(Climb.beginning(ladder: ladder, reachable: Reachable([.doctors: [person()]])).tier == 2)
  }

  @Test("where nobody is anywhere a climb ends with the administrators, or in the last tier of a longer ladder")
  func bounded() {
    for steps in 1...10 {
      let ladder = Ladder(stepSeconds: (1...steps).map { $0 * 5 }, repeats: true)
      for tier in 1...(steps + 1) {
        let climb = Climb(from: tier, because: .timeout, ladder: ladder, reachable: Reachable())
        let end = tier == ladder.lastTier ? tier : max(ladder.lastTier, TierGroup.failsafeTier)
        #expect(climb.tier == end)
        #expect(climb.steps.map(\.to) == Array((tier..<end).map { $0 + 1 }))
      }
    }
  }
}

@Suite struct AlertLifeTests {
  @Test("117: only the moves of the table are legal, for every status")
  func table() {
    let legal: Set<String> = [
      "acknowledge active acknowledged", "resolve acknowledged resolved", "cancel active cancelled",
      "cancel acknowledged cancelled", "expire active expired", "expire acknowledged expired",
      "resolveEarly active resolved", "takeOver acknowledged acknowledged",
      "transfer acknowledged acknowledged", "reactivate acknowledged active", "climb active active",
      "edit active active", "edit acknowledged acknowledged",
      "callAgain active active", "callAgain acknowledged acknowledged", "close active resolved",
      "close acknowledged resolved",
    ]
    var found: Set<String> = []
    for move in AlertLife.Move.allCases {
      for status in AlertLife.Status.allCases {
        var life = AlertLife(status)
        if life.apply(move) {
          found.insert("\(move.rawValue) \(status.rawValue) \(life.status.rawValue)")
        } else {
          #expect(life.status == status)
        }
      }
    }
    #expect(found == legal)
  }

  @Test("nothing leaves a final status, by any sequence of moves")
  func final() {
    for status in [AlertLife.Status.resolved, .cancelled, .expired] {
      var life = AlertLife(status)
      for _ in 0..<200 { _ = life.apply(AlertLife.Move.allCases.randomElement() ?? .edit) }
      #expect(life.status == status)
    }
  }

  @Test("114: priority and urgency agree")
  func priorities() {
    #expect((1...5).map { Urgency(unchecked: $0).priority } == [.low, .low, .medium, .high, .critical])
    #expect(Priority.allCases.allSatisfy { $0.urgency.priority == $0 })
  }
}
