import Core
import Operations
package import Postgres

/// A planned shift. `warnings` holds `rest_under_8_hours` where the person's shift before or after is that near.
package enum ShiftKind: Shaped {
  package static let shape = RowShape([
    .init("id", "s.id", .uuid), .init("userId", "s.user_id", .uuid),
    .init("userName", "(SELECT u.name FROM users u WHERE u.id = s.user_id)", .string),
    .init("departmentId", "s.department_id", .uuid, nullable: true),
    .init("from", "s.starts_at", .timestamp), .init("to", "s.ends_at", .timestamp),
    .init("version", "s.version", .integer),
    .init("warnings", warnings, .json, schema: .array(.choice(["rest_under_8_hours"]))),
  ])

  private static let warnings: SQL = """
    CASE WHEN EXISTS (
      SELECT FROM shifts o WHERE o.hospital_id = s.hospital_id AND o.user_id = s.user_id AND o.id <> s.id
        AND o.starts_at > s.starts_at - interval '32 hours' AND o.starts_at < s.ends_at + interval '8 hours'
        AND o.ends_at > s.starts_at - interval '8 hours')
      THEN '["rest_under_8_hours"]'::jsonb ELSE '[]'::jsonb END
    """
}

/// The hours of a person's usual week.
package enum ShiftScheduleKind: Shaped {
  package static let shape = RowShape([
    .init("userId", "m.user_id", .uuid),
    .init("week", "COALESCE(s.week, '\(raw: empty)'::jsonb)", .json, schema: WeekHours.schema),
    .init("version", "COALESCE(s.version, 0)", .integer),
    .init("updatedAt", "s.updated_at", .timestamp, nullable: true),
  ])

  private static let empty: StaticString = """
    {"monday": [], "tuesday": [], "wednesday": [], "thursday": [], "friday": [], "saturday": [], "sunday": []}
    """
}
