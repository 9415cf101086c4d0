package import Core
import Operations
package import Postgres

/// Why somebody cannot be booked at a time.
package struct AvailabilityConflict: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    case doctorUnavailable = "doctor_unavailable"
    case timeOverlap = "time_overlap"
    case businessRule = "business_rule"
  }

  package let kind: Kind
  package let span: TimeSpan
  /// For how many minutes: more than 30 critical, more than 15 high, more than 5 medium, else low (INVENTORY 2.3).
  package let minutes: Int

  package var severity: String { minutes > 30 ? "critical" : minutes > 15 ? "high" : minutes > 5 ? "medium" : "low" }

  var json: JSONValue {
    [
      "kind": .string(kind.rawValue), "startsAt": span.from.json, "endsAt": span.to.json,
      "severity": .string(severity),
    ]
  }
}

extension OpeningBook {
  /// The parts of a visit in which the person is not there; none for who has said no hours, unless he is off.
  package func closed(_ person: Person, in span: TimeSpan) -> [TimeSpan] {
    guard person.isActive else { return [span] }
    var plan = person.plan
    if !person.hasHours { plan.weekly = (1...7).map { .init(weekday: $0, start: 0, end: 1440) } }
    var closed: [TimeSpan] = []
    var from = span.from
    for open in plan.open(from: span.from, to: span.to, zone: zone) {
      if open.span.from > from { closed.append(.init(from: from, to: min(open.span.from, span.to))) }
      from = max(from, open.span.to)
    }
    if from < span.to { closed.append(.init(from: from, to: span.to)) }
    return closed
  }

  package func conflicts(of person: Person, with span: TimeSpan, buffer: Int, at now: Timestamp)
    -> [AvailabilityConflict]
  {
    var found = closed(person, in: span).map {
      AvailabilityConflict(kind: .doctorUnavailable, span: $0, minutes: $0.minutes(in: span))
    }
    let whole = TimeSpan(from: span.from, to: span.to.adding(seconds: Int64(buffer) * 60))
    if SlotSearch.seatsTaken(person.taken, in: whole) >= person.capacity {
      found += person.taken.filter { $0.span.overlaps(whole) }.map {
        AvailabilityConflict(kind: .timeOverlap, span: $0.span, minutes: $0.span.minutes(in: whole))
      }
    }
    if span.from < now { found.append(.init(kind: .businessRule, span: span, minutes: 0)) }
    return found
  }
}

/// Whether somebody is free at a time.
package enum AvailabilityAnswerKind: Shaped {
  package static let shape = RowShape([
    .init("doctorId", "NULL", .uuid), .init("startsAt", "NULL", .timestamp), .init("endsAt", "NULL", .timestamp),
    .init("isAvailable", "NULL", .boolean),
    .init(
      "conflicts", "NULL", .json,
      schema: .array(
        .object([
          .init("kind", .choice(AvailabilityConflict.Kind.allCases.map(\.rawValue))),
          .init("startsAt", .string(format: "date-time")), .init("endsAt", .string(format: "date-time")),
          .init("severity", .choice(["low", "medium", "high", "critical"])),
        ]))),
  ])
}
