package import Core

/// When an alert climbs: seconds from its creation to each step, which never move.
package struct Ladder: Sendable, Equatable {
  /// Rising; after the n-th of them the alert is in tier n + 1.
  package let stepSeconds: [Int]
  /// After the last step the last tier is paged again at the last interval, until somebody answers.
  package let repeats: Bool
  /// How long an acknowledged alert may stay unresolved.
  package let responseSeconds: Int

  package init(stepSeconds: [Int], repeats: Bool, responseSeconds: Int? = nil) {
    self.stepSeconds = stepSeconds.sorted()
    self.repeats = repeats
    self.responseSeconds = responseSeconds ?? 2 * (stepSeconds.min() ?? 300)
  }

  /// The design's table, in minutes: 5: 5, 10, 15 · 4: 10, 20, 30 · 3: 15, 30, 45 · 2: 30, 60, 90 · 1: 60.
  package static func standard(for urgency: Urgency) -> Ladder {
    let minutes =
      switch urgency.value {
      case 5: [5, 10, 15]
      case 4: [10, 20, 30]
      case 3: [15, 30, 45]
      case 2: [30, 60, 90]
      default: [60]
      }
    return Ladder(stepSeconds: minutes.map { $0 * 60 }, repeats: urgency.isCritical)
  }

  package var lastTier: Int { stepSeconds.count + 1 }

  /// The span between the last two steps, or of the only one.
  package var lastInterval: Int {
    guard let last = stepSeconds.last else { return 300 }
    let before = stepSeconds.dropLast().last ?? 0
    return max(5, last - before)
  }

  /// When an alert that is in `tier` climbs or is paged again: always counted from its creation.
  ///
  /// In the last tier of a repeating ladder it is the first repeat that lies after `now`, since a repeat that was
  /// missed is not made up for; nil when nothing more is due.
  package func due(inTier tier: Int, createdAt: Timestamp, now: Timestamp) -> Timestamp? {
    if tier >= 1, tier <= stepSeconds.count { return createdAt.adding(seconds: Int64(stepSeconds[tier - 1])) }
    guard repeats, let last = stepSeconds.last else { return nil }
    let lastStep = createdAt.adding(seconds: Int64(last))
    let interval = Int64(lastInterval)
    let since = max(0, now.microseconds - lastStep.microseconds)
    return lastStep.adding(seconds: (since / (interval * 1_000_000) + 1) * interval)
  }
}

/// Who is paged in a tier.
package enum TierGroup: String, Sendable, CaseIterable {
  case nurses, doctors, headDoctors, administrators

  /// The first tier of the administrators.
  package static let failsafeTier = 4

  /// The group of tier 1, 2, 3, and the administrators from the fourth on.
  package init(tier: Int) {
    self = tier <= 1 ? .nurses : tier == 2 ? .doctors : tier == 3 ? .headDoctors : .administrators
  }

  /// Of somebody whom the tiers reach, by his role.
  init(role: String) {
    switch role {
    case "nurse": self = .nurses
    case "doctor": self = .doctors
    case "head_doctor": self = .headDoctors
    default: self = .administrators
    }
  }
}

/// Whom each tier would reach at this moment.
package struct Reachable: Sendable, Equatable {
  package var people: [TierGroup: [UserID]] = [:]

  package init(_ people: [TierGroup: [UserID]] = [:]) { self.people = people }

  package func people(inTier tier: Int) -> [UserID] { people[TierGroup(tier: tier)] ?? [] }
}
