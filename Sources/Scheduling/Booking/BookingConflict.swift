package import Core

/// One thing that stands in a booking's way; it says what is taken and when, never by whom.
package struct BookingConflict: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    case timeOverlap = "time_overlap"
    case doctorUnavailable = "doctor_unavailable"
    case resourceConflict = "resource_conflict"
    case capacityExceeded = "capacity_exceeded"
    case businessRule = "business_rule"
  }

  /// By how much it overlaps: more than 30 minutes is critical, more than 15 high, more than 5 medium.
  package enum Severity: String, Sendable, CaseIterable {
    case low, medium, high, critical

    package init(overlapMinutes: Int) {
      switch overlapMinutes {
      case ...5: self = .low
      case ...15: self = .medium
      case ...30: self = .high
      default: self = .critical
      }
    }
  }

  package let resource: ResourceID?
  package let kind: Kind
  package let startsAt: Timestamp
  package let endsAt: Timestamp
  package let severity: Severity

  /// Severe as its overlap with the wanted time is long.
  package init(
    resource: ResourceID?, kind: Kind, from startsAt: Timestamp, to endsAt: Timestamp, against time: TakenTime
  ) {
    self.resource = resource
    self.kind = kind
    self.startsAt = startsAt
    self.endsAt = endsAt
    let overlap = min(endsAt, time.until).seconds(since: max(startsAt, time.start))
    severity = Severity(overlapMinutes: Int((overlap / 60).rounded(.up)))
  }

  var json: JSONValue {
    [
      "resource": resource.map { .string($0.text) } ?? .null, "kind": .string(kind.rawValue),
      "startsAt": startsAt.json, "endsAt": endsAt.json, "severity": .string(severity.rawValue),
    ]
  }
}

/// Another time that could be taken instead.
package struct BookingAlternative: Sendable, Equatable {
  package let doctor: UserID
  package let startsAt: Timestamp
  package let endsAt: Timestamp
  /// From 0; the best first.
  package let score: Int
  /// What the score means: `preferred`, `available` or `possible`.
  package let label: String

  package init(doctor: UserID, startsAt: Timestamp, endsAt: Timestamp, score: Int, label: String) {
    self.doctor = doctor
    self.startsAt = startsAt
    self.endsAt = endsAt
    self.score = score
    self.label = label
  }

  var json: JSONValue {
    [
      "doctorId": .string(doctor.text), "startsAt": startsAt.json, "endsAt": endsAt.json,
      "score": .integer(Int64(score)), "label": .string(label),
    ]
  }
}

extension Failure {
  /// Everything that stands in the way, and what could be done about it: to take another time, or, where that is not an
  /// override already and something is only taken, to stand above it.
  static func taken(_ conflicts: [BookingConflict], _ alternatives: [BookingAlternative], isOverride: Bool) -> Failure {
    let canOverride = !isOverride && !conflicts.contains { $0.kind == .businessRule }
    let strategies: [JSONValue] = canOverride ? ["reschedule", "override"] : ["reschedule"]
    return Failure(
      .conflict, "This time is not free.",
      details: [
        "conflicts": .array(conflicts.map(\.json)), "alternatives": .array(alternatives.map(\.json)),
        "strategy": "reschedule", "strategies": .array(strategies),
      ])
  }
}
