import Core
import Operations
package import Postgres

/// A schedule on call as it is kept, with whoever stands in now or later.
package enum OnCallScheduleKind: Shaped {
  package static let shape = RowShape([
    .init("id", "s.id", .uuid), .init("name", "s.name", .string),
    .init("departmentId", "s.department_id", .uuid, nullable: true), .init("role", "s.role", .string, nullable: true),
    .init(
      "timeZone", "(SELECT h.time_zone FROM hospitals h WHERE h.id = s.hospital_id)", .string),
    .init("layers", "s.layers", .json, schema: OnCallLayers.schema),
    .init("overrides", overrides, .json, schema: .array(override)), .init("version", "s.version", .integer),
  ])

  private static let overrides: SQL = """
    COALESCE((SELECT jsonb_agg(jsonb_build_object('id', o.id, 'userId', o.user_id, 'userName', u.name,
        'from', to_char(o.starts_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'to', to_char(o.ends_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) ORDER BY o.starts_at)
      FROM (SELECT * FROM on_call_overrides n WHERE n.hospital_id = s.hospital_id AND n.schedule_id = s.id
        AND n.ends_at > ward.now() ORDER BY n.starts_at LIMIT 100) o
      JOIN users u ON u.id = o.user_id), '[]')
    """

  private static let override = JSONSchema.object([
    .init("id", .string(format: "uuid")), .init("userId", .string(format: "uuid")), .init("userName", .string()),
    .init("from", .string(format: "date-time")), .init("to", .string(format: "date-time")),
  ])
}

/// Somebody stands in.
package enum OnCallOverrideKind: Shaped {
  package static let shape = RowShape([
    .init("id", "o.id", .uuid), .init("scheduleId", "o.schedule_id", .uuid), .init("userId", "o.user_id", .uuid),
    .init("userName", "(SELECT u.name FROM users u WHERE u.id = o.user_id)", .string),
    .init("from", "o.starts_at", .timestamp), .init("to", "o.ends_at", .timestamp),
  ])
}

/// Who is on call in each schedule at one moment.
package enum CurrentOnCallKind: Shaped {
  package static let shape = RowShape([
    .init("at", "NULL", .timestamp), .init("schedules", "NULL", .json, schema: .array(schedule)),
  ])

  private static let schedule = JSONSchema.object([
    .init("scheduleId", .string(format: "uuid")), .init("name", .string()),
    .init("departmentId", JSONSchema.string(format: "uuid").nullable), .init("role", JSONSchema.string().nullable),
    .init("person", OnCallEntries.person.nullable),
  ])
}

/// The spans of a period, each with its person or nobody.
package enum OnCallCalendarKind: Shaped {
  package static let shape = RowShape([
    .init("scheduleId", "NULL", .uuid), .init("name", "NULL", .string), .init("timeZone", "NULL", .string),
    .init("from", "NULL", .timestamp), .init("to", "NULL", .timestamp),
    .init("entries", "NULL", .json, schema: .array(OnCallEntries.entry)),
    .init("gaps", "NULL", .json, schema: .array(OnCallEntries.gap)),
  ])
}

/// The spans of a period in which a schedule reaches nobody, of all schedules.
package enum OnCallGapsKind: Shaped {
  package static let shape = RowShape([
    .init("from", "NULL", .timestamp), .init("to", "NULL", .timestamp), .init("timeZone", "NULL", .string),
    .init("schedules", "NULL", .integer), .init("gaps", "NULL", .json, schema: .array(OnCallEntries.gap)),
    .init("isCut", "NULL", .boolean),
  ])
}

/// The parts of the answers above.
enum OnCallEntries {
  static let person = JSONSchema.object([
    .init("userId", .string(format: "uuid")), .init("userName", .string()),
    .init("source", .choice(["override", "rotation"])), .init("layer", JSONSchema.integer(1...10).nullable),
    .init("overrideId", JSONSchema.string(format: "uuid").nullable),
  ])
  static let entry = JSONSchema.object([
    .init("from", .string(format: "date-time")), .init("to", .string(format: "date-time")),
    .init("userId", .string(format: "uuid")), .init("userName", .string()),
    .init("source", .choice(["override", "rotation"])), .init("layer", JSONSchema.integer(1...10).nullable),
    .init("overrideId", JSONSchema.string(format: "uuid").nullable),
  ])
  static let gap = JSONSchema.object([
    .init("scheduleId", .string(format: "uuid")), .init("name", .string()),
    .init("departmentId", JSONSchema.string(format: "uuid").nullable),
    .init("from", .string(format: "date-time")), .init("to", .string(format: "date-time")),
    .init("minutes", .integer(0...Int64.max)), .init("words", .string()),
  ])
}
