import Core
import Operations
package import Postgres

/// A dry run on the wire. Tier 0 is the quorum of the type, where it asks for one.
package enum RehearsalKind: Shaped {
  package static let shape = RowShape([
    .init("ladderId", "NULL", .uuid, nullable: true), .init("isDefault", "NULL", .boolean),
    .init("basis", "NULL", .string), .init("at", "NULL", .timestamp),
    .init("steps", "NULL", .json, schema: .array(step)),
    .init("repeatsEverySeconds", "NULL", .integer, nullable: true),
  ])

  private static let step = JSONSchema.object([
    .init("tier", .integer(0...51)), .init("group", .choice(["quorum"] + TierGroup.allCases.map(\.rawValue))),
    .init("dueAt", .string(format: "date-time")), .init("afterSeconds", .integer(0...604_800)),
    .init("skipped", .boolean), .init("people", .array(person)),
  ])

  private static let person = JSONSchema.object([
    .init("id", .string(format: "uuid")), .init("name", .string()), .init("role", .string()),
    .init("isOnDuty", .boolean),
  ])
}
