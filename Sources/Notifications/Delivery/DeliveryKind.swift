import Core
import Operations
package import Postgres

/// One message of an alert's delivery log on the wire; neither its words nor an address.
package enum DeliveryKind: Shaped {
  package static let shape = RowShape([
    .init("id", "d.id", .uuid), .init("userId", "d.user_id", .uuid, nullable: true),
    .init("userName", "u.name", .string, nullable: true), .init("tier", "d.tier", .integer, nullable: true),
    .init("kind", "d.kind", .string),
    .init("channel", "d.channel", .string, schema: nil),
    .init("status", "d.status", .string), .init("reason", "d.reason", .string, nullable: true),
    .init("attempts", "d.attempts", .integer), .init("createdAt", "d.created_at", .timestamp),
    .init("sentAt", "d.sent_at", .timestamp, nullable: true),
    .init("deliveredAt", "d.delivered_at", .timestamp, nullable: true),
    .init("readAt", "d.read_at", .timestamp, nullable: true),
    .init("endedAt", "d.ended_at", .timestamp, nullable: true),
    .init(
      "secondsAfterAlert",
      "EXTRACT(epoch FROM COALESCE(d.delivered_at, d.sent_at, d.ended_at) - a.created_at)::float8", .double,
      nullable: true),
  ])
}
