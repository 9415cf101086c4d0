package import Core
import Operations
package import Postgres

package enum BundleEntity {}
package typealias BundleID = Identifier<BundleEntity>

/// Several appointments that are booked together or not at all, on the wire.
package enum BundleKind: Shaped {
  package static let shape = RowShape([
    .init("id", "b.id", .uuid), .init("patientId", "b.patient_id", .uuid), .init("status", "b.status", .string),
    .init("failedStep", "b.failed_step", .integer, nullable: true),
    .init("problem", "b.problem", .json, nullable: true),
    .init(
      "steps",
      """
      (SELECT jsonb_agg(jsonb_build_object('number', s.number, 'doctorId', s.doctor_id, 'service', s.service, 'startsAt',
          to_char(s.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'minutes', s.minutes,
          'appointmentId', s.appointment_id) ORDER BY s.number)
        FROM bundle_steps s WHERE s.hospital_id = b.hospital_id AND s.bundle_id = b.id)
      """, .json, schema: steps),
    .init("createdAt", "b.created_at", .timestamp), .init("updatedAt", "b.updated_at", .timestamp),
  ])

  private static let steps = JSONSchema.array(
    .object([
      .init("number", .integer(1...10)), .init("doctorId", .string(format: "uuid")), .init("service", .string()),
      .init("startsAt", .string(format: "date-time")), .init("minutes", JSONSchema.integer(5...480).nullable),
      .init("appointmentId", JSONSchema.string(format: "uuid").nullable),
    ]))
}
