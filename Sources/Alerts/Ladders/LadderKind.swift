import Core
import Operations
package import Postgres

/// A ladder on the wire: one of the hospital's own, or one of the five that count without one.
package enum LadderKind: Shaped {
  package static let shape = RowShape([
    .init("id", "l.id", .uuid, nullable: true), .init("urgencyLevel", "l.urgency", .integer),
    .init("departmentId", "l.department_id", .uuid, nullable: true),
    .init("alertType", "l.alert_type", .string, nullable: true),
    .init("stepSeconds", "to_jsonb(l.step_seconds)", .json, schema: .array(.integer(5...604_800))),
    .init("repeats", "l.repeats", .boolean), .init("responseSeconds", "l.response_seconds", .integer, nullable: true),
    .init("version", "l.version", .integer, nullable: true), .init("isDefault", "l.id IS NULL", .boolean),
  ])
}
