import Core
import Operations
package import Postgres

/// An endpoint and how it is, as its hospital sees it; everything but the secret.
package enum WebhookKind: Shaped {
  private static let words = JSONSchema.array(WebhookEvent.schema)

  package static let shape = RowShape([
    .init("id", "w.id", .uuid), .init("url", "w.url", .string),
    .init("description", "w.description", .string, nullable: true),
    .init("events", "to_jsonb(w.events)", .json, schema: words), .init("isActive", "w.is_active", .boolean),
    .init("breaker", "c.breaker", .string), .init("failures", "c.failures", .integer),
    // Events of the log that it has not come to yet, also those it does not hear.
    .init("behind", "GREATEST(n.last_number - c.position, 0)", .integer), .init("nextTryAt", "c.due_at", .timestamp),
    .init("createdAt", "w.created_at", .timestamp), .init("updatedAt", "w.updated_at", .timestamp),
    .init("version", "w.version", .integer),
  ])
}

/// One event on its way to one endpoint.
package enum WebhookDeliveryKind: Shaped {
  package static let shape = RowShape([
    .init("id", "d.id", .uuid), .init("webhookId", "d.webhook_id", .uuid),
    .init("eventNumber", "d.event_number", .integer), .init("eventId", "d.event_id", .uuid),
    .init("event", "d.event_name", .string), .init("status", "d.status", .string),
    .init("attempts", "d.attempts", .integer),
    .init("responseStatus", "d.response_status", .integer, nullable: true),
    .init("reason", "d.reason", .string, nullable: true), .init("createdAt", "d.created_at", .timestamp),
    .init("finishedAt", "d.finished_at", .timestamp, nullable: true),
  ])
}
