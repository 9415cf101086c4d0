import Core
import Operations
package import Postgres

/// A type of the hospital's catalogue on the wire.
package enum AlertTypeKind: Shaped {
  package static let shape = RowShape([
    .init("code", "t.code", .string), .init("title", "t.title", .string), .init("class", "t.class", .string),
    .init("defaultUrgency", "t.default_urgency", .integer),
    .init("requiresConfirmation", "t.requires_confirmation", .boolean),
    .init("isActive", "t.is_active", .boolean), .init("position", "t.position", .integer),
    .init("mergeWindowSeconds", "t.merge_window_seconds", .integer),
    .init("quorum", "t.quorum", .json, nullable: true, schema: .array(QuorumPlan.requirement)),
    .init("quorumRepageSeconds", "t.quorum_repage_seconds", .integer), .init("version", "t.version", .integer),
  ])
}
