import Core

/// What an alert raised at a moment would do if nobody answered: the tiers that it passes, by the climb itself.
package struct Rehearsal: Sendable, Equatable {
  package struct Step: Sendable, Equatable {
    package let tier: Int
    package let afterSeconds: Int
    /// Nobody is in it: the next tier is reached at the same moment.
    package let skipped: Bool
  }

  package let steps: [Step]
  /// After the last step the last tier is paged again and again.
  package let repeatsEverySeconds: Int?

  package init(ladder: Ladder, reachable: Reachable) {
    // Due times depend on the creation alone, so any moment shows the spans.
    let start = Timestamp(microseconds: 0)
    var climb = Climb.beginning(ladder: ladder, reachable: reachable)
    var steps = [Self.step(1, after: 0, reachable)]
    steps += climb.steps.map { Self.step($0.to, after: 0, reachable) }
    while climb.tier < ladder.lastTier, let due = ladder.due(inTier: climb.tier, createdAt: start, now: start) {
      climb = Climb(from: climb.tier, because: .timeout, ladder: ladder, reachable: reachable)
      steps += climb.steps.map { Self.step($0.to, after: Int(due.microseconds / 1_000_000), reachable) }
    }
    self.steps = steps
    repeatsEverySeconds = ladder.repeats ? ladder.lastInterval : nil
  }

  private static func step(_ tier: Int, after seconds: Int, _ reachable: Reachable) -> Step {
    Step(tier: tier, afterSeconds: seconds, skipped: reachable.people(inTier: tier).isEmpty)
  }
}
