import Core

/// Why an alert rose a tier.
package enum EscalationReason: String, Sendable, CaseIterable {
  case timeout, manual
  case noResponse = "no_response"
  case emptyTier = "empty_tier"
  case declined
}

/// The tiers that an alert rises through at one moment: one, and more while the reached one has nobody in it.
package struct Climb: Sendable, Equatable {
  package struct Step: Sendable, Equatable {
    package let from: Int
    package let to: Int
    package let reason: EscalationReason
  }

  package let steps: [Step]
  package let tier: Int

  /// Rises from `tier` for this reason, and on past empty tiers, beyond the ladder's end if need be: the administrators
  /// are the failsafe of a short ladder, too. Stays where it is in the last tier.
  package init(from tier: Int, because reason: EscalationReason, ladder: Ladder, reachable: Reachable) {
    var steps: [Step] = []
    var current = tier
    var reason = reason
    while current < max(ladder.lastTier, steps.isEmpty ? 0 : TierGroup.failsafeTier) {
      steps.append(Step(from: current, to: current + 1, reason: reason))
      current += 1
      guard reachable.people(inTier: current).isEmpty else { break }
      reason = .emptyTier
    }
    self.steps = steps
    self.tier = current
  }

  /// How a new alert begins: in tier 1, or higher when nobody is there.
  package static func beginning(ladder: Ladder, reachable: Reachable) -> Climb {
    reachable.people(inTier: 1).isEmpty
      ? Climb(from: 1, because: .emptyTier, ladder: ladder, reachable: reachable) : Climb(stayingIn: 1)
  }

  /// A new alert that nobody is paged for.
  static let none = Climb(stayingIn: 1)

  private init(stayingIn tier: Int) {
    steps = []
    self.tier = tier
  }
}
