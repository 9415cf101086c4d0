import Core
import Operations
package import Postgres

/// An alert on the wire.
package enum AlertKind: Shaped {
  package static let shape = RowShape([
    .init("id", "a.id", .uuid), .init("hospitalId", "a.hospital_id", .uuid),
    .init("departmentId", "a.department_id", .uuid, nullable: true),
    .init("roomNumber", "a.room_number", .string), .init("alertType", "a.alert_type", .string),
    .init("title", "a.title", .string), .init("description", "a.description", .string, nullable: true),
    .init("urgencyLevel", "a.urgency", .integer),
    .init(
      "priority",
      "CASE a.urgency WHEN 5 THEN 'critical' WHEN 4 THEN 'high' WHEN 3 THEN 'medium' ELSE 'low' END", .string),
    .init("status", "a.status", .string), .init("escalationTier", "a.tier", .integer),
    .init("nextEscalationAt", "a.next_escalation_at", .timestamp, nullable: true),
    .init("acknowledgedBy", "a.acknowledged_by", .uuid, nullable: true),
    .init("acknowledgedByName", "a.acknowledged_by_name", .string, nullable: true),
    .init("acknowledgedAt", "a.acknowledged_at", .timestamp, nullable: true),
    .init("resolvedBy", "a.resolved_by", .uuid, nullable: true),
    .init("resolvedAt", "a.resolved_at", .timestamp, nullable: true),
    .init("resolution", "a.resolution", .string, nullable: true),
    .init("createdBy", "a.created_by", .uuid, nullable: true),
    .init("createdByName", "a.created_by_name", .string, nullable: true),
    .init("createdAt", "a.created_at", .timestamp), .init("updatedAt", "a.updated_at", .timestamp),
    .init("expiresAt", "a.expires_at", .timestamp, nullable: true), .init("version", "a.version", .integer),
    .init("responseAction", "a.response_action", .string, nullable: true),
    .init("estimatedArrivalAt", "a.estimated_arrival_at", .timestamp, nullable: true),
    .init("delegatedTo", "a.delegated_to", .uuid, nullable: true),
    .init("delegatedToName", "a.delegated_to_name", .string, nullable: true),
    .init("quorum", "a.quorum", .json, nullable: true, schema: .array(quorum)),
    .init("responders", "a.responders", .json, schema: .array(responder)),
    .init("repeatCount", "a.repeat_count", .integer),
    .init("lastRepeatAt", "a.last_repeat_at", .timestamp, nullable: true),
    .init("repeatOf", "a.repeat_of", .uuid, nullable: true),
  ])

  /// One thing that is asked for, and how many of it are coming.
  private static let quorum = JSONSchema.object([
    .init("label", .string()), .init("role", .string()), .init("specialization", JSONSchema.string().nullable),
    .init("count", .integer(1...20)), .init("filled", .integer(0...20)),
  ])

  /// Somebody who is coming, or is there.
  private static let responder = JSONSchema.object([
    .init("userId", .string(format: "uuid")), .init("name", .string()), .init("role", .string()),
    .init("requirement", JSONSchema.integer(0...9).nullable), .init("status", .choice(["coming", "arrived"])),
    .init("respondedAt", .string(format: "date-time")),
    .init("estimatedArrivalAt", JSONSchema.string(format: "date-time").nullable),
  ])
}

package enum TimelineKind: Shaped {
  package static let shape = RowShape([
    .init("id", "l.id", .uuid), .init("at", "l.at", .timestamp), .init("kind", "l.kind", .string),
    .init("actorId", "l.actor_id", .uuid, nullable: true),
    .init("actorName", "l.actor_name", .string, nullable: true),
    .init("fromTier", "l.from_tier", .integer, nullable: true), .init("tier", "l.tier", .integer, nullable: true),
    .init("reason", "l.reason", .string, nullable: true), .init("notes", "l.notes", .string, nullable: true),
  ])
}
