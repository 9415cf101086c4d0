import Core
import Operations
package import Postgres
import Tenancy

/// The usual week of somebody who can be booked.
package enum DoctorHoursKind: Shaped {
  package static let shape = RowShape([
    .init("doctorId", "m.user_id", .uuid),
    .init("timeZone", "(SELECT h.time_zone FROM hospitals h WHERE h.id = m.hospital_id)", .string),
    .init("isActive", "m.is_active AND COALESCE(r.is_active, true)", .boolean),
    .init("averageMinutes", "COALESCE(r.average_minutes, 15)", .integer),
    .init("capacity", "COALESCE(r.capacity, 1)", .integer),
    .init("feeMinor", "r.fee_minor", .integer, nullable: true),
    .init("currency", "(SELECT h.currency FROM hospitals h WHERE h.id = m.hospital_id)", .string, nullable: true),
    .init("hours", hours, .json, schema: .array(item)),
    .init("version", "COALESCE(r.version, 0)", .integer),
  ])

  private static let hours: SQL = """
    COALESCE((SELECT jsonb_agg(jsonb_build_object('day', w.weekday, 'start', to_char(w.starts_at, 'HH24:MI'),
        'end', to_char(w.ends_at, 'HH24:MI'), 'locationId', w.location_id, 'averageMinutes', w.average_minutes,
        'isActive', w.is_active,
        'from', CASE WHEN w.valid_from > '0001-01-01' THEN to_char(w.valid_from, 'YYYY-MM-DD') END,
        'until', CASE WHEN w.valid_until < '9999-12-31' THEN to_char(w.valid_until, 'YYYY-MM-DD') END)
        ORDER BY w.weekday, w.starts_at, w.valid_from)
      FROM working_hours w WHERE w.hospital_id = r.hospital_id AND w.resource_id = r.id), '[]')
    """

  private static let item = JSONSchema.object([
    .init("day", .integer(1...7)), .init("start", .string()), .init("end", .string()),
    .init("locationId", JSONSchema.string(format: "uuid").nullable),
    .init("averageMinutes", JSONSchema.integer(5...480).nullable), .init("isActive", .boolean),
    .init("from", JSONSchema.string().nullable), .init("until", JSONSchema.string().nullable),
  ])
}

/// A time off, or hours beside the usual ones.
package enum AvailabilityExceptionKind: Shaped {
  package static let shape = RowShape([
    .init("id", "e.id", .uuid),
    .init(
      "doctorId",
      "(SELECT d.user_id FROM resources d WHERE d.hospital_id = e.hospital_id AND d.id = e.resource_id)", .uuid),
    .init("kind", "e.kind", .string, schema: .choice(["off", "extra"])),
    .init("from", "e.starts_at", .timestamp), .init("to", "e.ends_at", .timestamp),
    .init("locationId", "e.location_id", .uuid, nullable: true), .init("title", "e.title", .string, nullable: true),
    .init("createdAt", "e.created_at", .timestamp),
  ])
}

/// What the hours of the next weeks come to.
package enum AvailabilityOverviewKind: Shaped {
  package static let shape = RowShape([
    .init("doctorId", "m.user_id", .uuid),
    .init("days", "COALESCE(v.days, '[]')", .json, schema: .array(day)),
    .init(
      "appointmentsOutside", "COALESCE(to_jsonb(v.outside), '[]')", .json, schema: .array(.string(format: "uuid"))),
    .init("computedAt", "v.computed_at", .timestamp, nullable: true),
  ])

  private static let day = JSONSchema.object([
    .init("date", .string()), .init("minutes", .integer(0...1500)),
  ])
}
