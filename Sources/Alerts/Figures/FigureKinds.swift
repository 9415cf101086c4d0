import Core
import Operations
package import Postgres

/// How the people of a department are interrupted in a shift, and what comes of the alerts raised there.
package enum FatigueKind: Shaped {
  package static let shape = RowShape([
    .init("departmentId", "f.department_id", .uuid, nullable: true),
    .init("departmentName", "f.department_name", .string, nullable: true), .init("shift", "f.shift", .string),
    .init("interruptions", "f.interruptions", .integer), .init("staffHours", "f.staff_hours", .double),
    .init(
      "interruptionsPerStaffHour", "round((f.interruptions / NULLIF(f.staff_hours, 0))::numeric, 4)::float8", .double,
      nullable: true),
    .init("alerts", "f.alerts", .integer), .init("actedOn", "f.acted_on", .integer),
    .init("shareActedOn", "round(f.acted_on::numeric / NULLIF(f.alerts, 0), 4)::float8", .double, nullable: true),
    .init("repeatsMerged", "f.repeats", .integer), .init("acknowledgeP50Seconds", "f.p50", .double, nullable: true),
    .init("acknowledgeP95Seconds", "f.p95", .double, nullable: true),
  ])
}

/// What is open now, and what became of the alerts of the last day.
package enum AlertStatsKind: Shaped {
  package static let shape = RowShape([
    .init("active", "f.active", .integer), .init("acknowledged", "f.acknowledged", .integer),
    .init("raised24h", "f.raised", .integer), .init("resolved24h", "f.resolved", .integer),
    .init("cancelled24h", "f.cancelled", .integer), .init("expired24h", "f.expired", .integer),
    .init("averageAcknowledgeSeconds24h", "f.average", .double, nullable: true),
    .init(
      "openByUrgency", "f.by_urgency", .json,
      schema: .array(.object([.init("urgencyLevel", .integer(1...5)), .init("count", .integer(0...Int64.max))]))),
  ])
}

/// The alerts that were raised in a day, week or month.
package enum AlertBucketKind: Shaped {
  package static let shape = RowShape([
    .init("startsAt", "f.starts_at", .timestamp), .init("alerts", "f.alerts", .integer),
    .init("critical", "f.critical", .integer), .init("acknowledged", "f.acknowledged", .integer),
    .init("resolved", "f.resolved", .integer), .init("escalations", "f.escalations", .integer),
    .init("averageAcknowledgeSeconds", "f.average", .double, nullable: true),
  ])
}

/// How the alerts of a time were answered.
package enum ResponseFiguresKind: Shaped {
  package static let shape = RowShape([
    .init("startDate", "f.start_at", .timestamp), .init("endDate", "f.end_at", .timestamp),
    .init("alerts", "f.alerts", .integer), .init("acknowledged", "f.acknowledged", .integer),
    .init("resolved", "f.resolved", .integer), .init("escalated", "f.escalated", .integer),
    .init("escalationRate", "round(f.escalated::numeric / NULLIF(f.alerts, 0), 4)::float8", .double, nullable: true),
    .init("acknowledgeAverageSeconds", "f.average", .double, nullable: true),
    .init("acknowledgeP50Seconds", "f.p50", .double, nullable: true),
    .init("acknowledgeP95Seconds", "f.p95", .double, nullable: true),
    .init("resolveP50Seconds", "f.resolve_p50", .double, nullable: true),
    .init("resolveP95Seconds", "f.resolve_p95", .double, nullable: true),
  ])
}

/// What is climbing now.
package enum ActiveEscalationsKind: Shaped {
  package static let shape = RowShape([
    .init(
      "byTier", "f.by_tier", .json,
      schema: .array(.object([.init("tier", .integer()), .init("count", .integer(0...Int64.max))]))),
    .init("overdue", "f.overdue", .integer),
    .init(
      "next", "f.next", .json,
      schema: .array(
        .object([
          .init("id", .string(format: "uuid")), .init("roomNumber", .string()), .init("title", .string()),
          .init("urgencyLevel", .integer(1...5)), .init("escalationTier", .integer()),
          .init("nextEscalationAt", .string(format: "date-time")),
        ]))),
  ])
}

/// Where an alert stands on its ladder.
package enum EscalationStatusKind: Shaped {
  package static let shape = RowShape([
    .init("alertId", "a.id", .uuid), .init("status", "a.status", .string), .init("tier", "a.tier", .integer),
    .init("lastTier", "cardinality(a.step_seconds) + 1", .integer), .init("repeats", "a.repeats", .boolean),
    .init("nextEscalationAt", "a.next_escalation_at", .timestamp, nullable: true),
    .init(
      "remainingSeconds",
      "GREATEST(0, round(extract(epoch FROM a.next_escalation_at - ward.now())::numeric, 3))::float8", .double,
      nullable: true),
  ])
}

/// One step that an alert has made.
package enum EscalationKind: Shaped {
  package static let shape = RowShape([
    .init("id", "e.id", .uuid), .init("fromTier", "e.from_tier", .integer), .init("toTier", "e.to_tier", .integer),
    .init("reason", "e.reason", .string), .init("dueAt", "e.due_at", .timestamp),
    .init("escalatedAt", "e.escalated_at", .timestamp), .init("actorId", "e.actor_id", .uuid, nullable: true),
    .init("actorName", "e.actor_name", .string, nullable: true),
  ])
}

/// Numbers for a wall: the last hours at a glance.
package enum AlertMetricsKind: Shaped {
  package static let shape = RowShape([
    .init("activeAlerts", "f.active", .integer), .init("acknowledgedAlerts", "f.acknowledged", .integer),
    .init("raised", "f.raised", .integer), .init("resolved", "f.resolved", .integer),
    .init("escalations", "f.escalations", .integer), .init("onDutyStaff", "f.on_duty", .integer),
    .init("averageAcknowledgeSeconds", "f.average", .double, nullable: true),
  ])
}
