import Core
import Operations
package import Postgres

/// Whom the hospital's alerts would reach, on the wire.
package enum ReadinessKind: Shaped {
  package static let shape = RowShape([
    .init("at", "NULL", .timestamp), .init("basis", "NULL", .string), .init("isReady", "NULL", .boolean),
    .init("ladders", "NULL", .json, schema: .array(ladder)),
    .init("schedules", "NULL", .json, schema: .array(schedule)),
    .init("unreachable", "NULL", .json, schema: .array(missing)),
  ])

  private static let id = JSONSchema.string(format: "uuid")

  private static let person = JSONSchema.object([
    .init("id", id), .init("name", .string()), .init("role", .string()), .init("isOnDuty", .boolean),
    .init("isOnCall", .boolean),
  ])
  private static let tier = JSONSchema.object([
    .init("tier", .integer(1...4)), .init("group", .choice(TierGroup.allCases.map(\.rawValue))),
    .init("isReachable", .boolean), .init("people", .array(person)),
    .init("emptyDepartments", .array(.object([.init("id", id), .init("name", .string())]))),
  ])
  private static let ladder = JSONSchema.object([
    .init("ladderId", id.nullable), .init("isDefault", .boolean), .init("urgencyLevel", .integer(1...5)),
    .init("departmentId", id.nullable), .init("alertType", JSONSchema.string().nullable),
    .init("tiers", .array(tier)),
  ])
  private static let schedule = JSONSchema.object([
    .init("scheduleId", id), .init("name", .string()), .init("departmentId", id.nullable),
    .init("isReachable", .boolean), .init("userId", id.nullable),
    .init("userName", JSONSchema.string().nullable),
  ])
  private static let missing = JSONSchema.object([
    .init("ladderId", id.nullable), .init("scheduleId", id.nullable),
    .init("urgencyLevel", JSONSchema.integer(1...5).nullable), .init("departmentId", id.nullable),
    .init("alertType", JSONSchema.string().nullable), .init("tier", JSONSchema.integer(1...4).nullable),
    .init("group", JSONSchema.string().nullable), .init("words", .string()),
  ])
}
