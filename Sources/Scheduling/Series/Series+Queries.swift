import Core
import Operations
package import Postgres
import Tenancy

/// The statements of appointments that come again.
enum SeriesQueries {
  static func insert(_ series: NewSeries, in hospital: HospitalID, by person: UserID?) -> SQL {
    """
    INSERT INTO appointment_series (hospital_id, id, patient_id, doctor_id, service, rule, time_zone, first_start,
      minutes, location_id, continues, created_by)
    VALUES (\(hospital), \(series.id), \(series.patient), \(series.doctor), \(series.service), \(series.rule.text),
      \(series.timeZone), \(series.start)::timestamptz AT TIME ZONE \(series.timeZone)::text, \(series.minutes),
      \(series.location), \(series.continues), \(person))
    """
  }

  static func find(_ id: SeriesID, in hospital: HospitalID, locks: Bool = false) -> SQL {
    """
    SELECT s.patient_id, s.doctor_id, s.service, s.rule, s.minutes, s.location_id, s.status, s.version
    FROM appointment_series s WHERE s.hospital_id = \(hospital) AND s.id = \(id)\(sql: locks ? " FOR UPDATE" : "")
    """
  }

  static func show(_ id: SeriesID, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: SeriesKind.shape.sqlColumns) FROM appointment_series s
    WHERE s.hospital_id = \(hospital) AND s.id = \(id)
    """
  }

  static func end(_ id: SeriesID, in hospital: HospitalID, isOver: Bool) -> SQL {
    """
    UPDATE appointment_series SET status = CASE WHEN \(isOver) THEN 'cancelled' ELSE status END, version = version + 1
    WHERE hospital_id = \(hospital) AND id = \(id)
    """
  }

  /// What of a series lies ahead and is not begun.
  static func ahead(_ id: SeriesID, in hospital: HospitalID, from: Timestamp) -> SQL {
    """
    SELECT id, starts_at FROM appointments WHERE hospital_id = \(hospital) AND series_id = \(id)
      AND starts_at >= \(from) AND status IN ('held', 'scheduled', 'confirmed') ORDER BY starts_at, id
    """
  }
}

/// A series with its appointments.
package enum SeriesKind: Shaped {
  package static let shape = RowShape([
    .init("id", "s.id", .uuid), .init("patientId", "s.patient_id", .uuid), .init("doctorId", "s.doctor_id", .uuid),
    .init("service", "s.service", .string), .init("rule", "s.rule", .string), .init("timeZone", "s.time_zone", .string),
    .init("firstStart", "s.first_start AT TIME ZONE s.time_zone", .timestamp), .init("minutes", "s.minutes", .integer),
    .init("locationId", "s.location_id", .uuid, nullable: true),
    .init("status", "s.status", .string, schema: .choice(["active", "cancelled"])),
    .init("continues", "s.continues", .uuid, nullable: true),
    .init("appointments", appointments, .json, schema: .array(appointment)), .init("version", "s.version", .integer),
  ])

  private static let appointments: SQL = """
    COALESCE((SELECT jsonb_agg(jsonb_build_object('id', a.id, 'status', a.status, 'version', a.version,
        'startsAt', to_char(a.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) ORDER BY a.starts_at, a.id)
      FROM appointments a WHERE a.hospital_id = s.hospital_id AND a.series_id = s.id), '[]')
    """

  private static let appointment = JSONSchema.object([
    .init("id", .string(format: "uuid")), .init("status", .string()), .init("version", .integer()),
    .init("startsAt", .string(format: "date-time")),
  ])
}
