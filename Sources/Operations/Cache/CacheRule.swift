/// What a kept answer was made from: a table whose every change leaves a mark (`ward.watch_for_cache`).
package enum CacheTopic: String, Sendable, CaseIterable {
  case hospitals, departments, locations, rooms, users, memberships
  case doctorProfiles = "doctor_profiles"
  case alertTypes = "alert_types"
  case alertTemplates = "alert_templates"
  case escalationLadders = "escalation_ladders"
  case resources
  case workingHours = "working_hours"
  case availabilityOverviews = "availability_overviews"
  case subscriptionPlans = "subscription_plans"
}

/// How long answers may be kept: the one table of it. What changes meanwhile is seen at once or within a second all
/// the same; the time only bounds what is kept for nobody.
package enum CacheLife: String, Sendable, CaseIterable {
  case hospital, patient, appointment, emergency, doctorProfile, availability, query, plan

  package var seconds: Int64 {
    switch self {
    case .hospital: 3600
    case .patient: 1800
    case .appointment: 300
    // The catalogue of alerts, its templates and ladders.
    case .emergency: 60
    case .doctorProfile: 3600
    case .availability: 900
    case .query: 300
    case .plan: 86_400
    }
  }
}

/// Whether an answer may be given again, and to whom.
package enum CacheRule: Sendable, Equatable {
  case never
  /// To everybody of the hospital who has the same rights and asks for the same, until one of the tables changes there.
  case lasts(CacheLife, dependsOn: Set<CacheTopic>, for: Audience = .sameRights)
  /// The operation itself keeps what it opened, row by row (``WriteCall/kept(_:_:)``), and asks for the row each time.
  case byRow(CacheLife)

  package enum Audience: String, Sendable {
    /// Depends on no hospital, but on the tables of all of them.
    case everybody
    case sameRights
    case samePerson
  }
}
