import Core

/// Whom each tier of a hospital's ladders would reach: pure, of the ladders and of the people who are there.
struct Readiness {
  struct Scope {
    let id: LadderID?
    let urgency: Int
    let department: DepartmentID?
    let alertType: String?
    let lastTier: Int
  }

  struct Person {
    let id: UserID
    let name: String
    let role: String
    let department: DepartmentID?
    let isOnDuty: Bool
    /// On call and not on duty; without a department for the whole hospital.
    var isOnCall = false

    var group: TierGroup { TierGroup(role: role) }

    func covers(_ place: DepartmentID) -> Bool { department == place || (isOnCall && department == nil) }
  }

  struct Department {
    let id: DepartmentID
    let name: String
  }

  struct Tier {
    let number: Int
    let group: TierGroup
    let people: [Person]
    /// Where an alert would find nobody in this tier, though others of the hospital are there.
    let emptyDepartments: [Department]
  }

  let people: [Person]
  let departments: [Department]

  /// The tiers that differ: all from the fourth on are the administrators'.
  func tiers(of scope: Scope) -> [Tier] {
    (1...max(1, min(scope.lastTier, TierGroup.failsafeTier))).map { number in
      let group = TierGroup(tier: number)
      let there = people.filter { $0.group == group }
      guard group == .nurses else { return Tier(number: number, group: group, people: there, emptyDepartments: []) }
      if let department = scope.department {
        let own = there.filter { $0.covers(department) }
        return Tier(number: number, group: group, people: own, emptyDepartments: [])
      }
      return Tier(
        number: number, group: group, people: there,
        emptyDepartments: there.isEmpty ? [] : departments.filter { place in !there.contains { $0.covers(place.id) } })
    }
  }

  /// The ladders that count: the hospital's own, and the design's for each urgency that no own one covers everywhere.
  static func scopes(own: [Scope]) -> [Scope] {
    let covered = Set(own.filter { $0.department == nil && $0.alertType == nil }.map(\.urgency))
    let standard = Urgency.range.filter { !covered.contains(Int($0)) }.map { level in
      Scope(
        id: nil, urgency: Int(level), department: nil, alertType: nil,
        lastTier: Ladder.standard(for: Urgency(unchecked: level)).lastTier)
    }
    return (own + standard).sorted { ($0.urgency, $0.id?.text ?? "~") > ($1.urgency, $1.id?.text ?? "~") }
  }
}
