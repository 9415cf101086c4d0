import Core
import Operations
package import Postgres

/// An appointment on the wire.
///
/// ``Appointment`` opens the sealed columns, which have no expression in SQL; the shape is the schema and the choice of
/// fields.
package enum AppointmentKind: Shaped {
  package static let shape = RowShape([
    .init("id", "a.id", .uuid), .init("hospitalId", "a.hospital_id", .uuid), .init("patientId", "a.patient_id", .uuid),
    .init("doctorId", "a.doctor_id", .uuid), .init("doctorName", "NULL", .string, nullable: true),
    .init("locationId", "a.location_id", .uuid, nullable: true), .init("service", "a.service", .string),
    .init("medium", "a.medium", .string), .init("priority", "a.priority", .string),
    .init("status", "a.status", .string), .init("holdEndsAt", "a.hold_ends_at", .timestamp, nullable: true),
    .init("startsAt", "a.starts_at", .timestamp), .init("endsAt", "a.ends_at", .timestamp),
    // Rooms and devices that it takes at present.
    .init("resourceIds", "NULL", .json, schema: .array(.string(format: "uuid"))),
    .init("feeMinor", "a.fee_minor", .integer, nullable: true),
    .init("currency", "a.currency", .string, nullable: true),
    .init("details", "NULL", .json, nullable: true, schema: ServiceDetails.schema),
    // What was done by the service's own operations, by their names.
    .init("records", "NULL", .json, nullable: true, schema: ServiceDetails.schema),
    .init("isOverride", "NULL", .boolean), .init("overrideReason", "NULL", .string, nullable: true),
    .init("overrideBy", "a.override_by", .uuid, nullable: true),
    .init("cancelCause", "NULL", .string, nullable: true), .init("cancelReason", "NULL", .string, nullable: true),
    .init("seriesId", "a.series_id", .uuid, nullable: true), .init("courseId", "a.course_id", .uuid, nullable: true),
    .init("checkedInAt", "a.checked_in_at", .timestamp, nullable: true),
    .init("startedAt", "a.started_at", .timestamp, nullable: true),
    .init("endedAt", "a.ended_at", .timestamp, nullable: true),
    .init("createdBy", "a.created_by", .uuid, nullable: true), .init("createdAt", "a.created_at", .timestamp),
    .init("updatedAt", "a.updated_at", .timestamp), .init("version", "a.version", .integer),
  ])
}

/// One step of an appointment.
package enum AppointmentStepKind: Shaped {
  package static let shape = RowShape([
    .init("id", "s.id", .uuid), .init("at", "s.at", .timestamp), .init("step", "s.step", .string),
    .init("status", "s.status", .string), .init("startsAt", "s.starts_at", .timestamp),
    .init("endsAt", "s.ends_at", .timestamp), .init("reason", "s.reason", .string, nullable: true),
    .init("actorId", "s.actor_id", .uuid, nullable: true), .init("actorName", "u.name", .string, nullable: true),
  ])
}
