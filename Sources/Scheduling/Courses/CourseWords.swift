import Core
import Operations
package import Postgres

/// A course of sessions, on the wire.
package enum CourseKind: Shaped {
  package static let shape = RowShape([
    .init("id", "c.id", .uuid), .init("patientId", "c.patient_id", .uuid), .init("doctorId", "c.doctor_id", .uuid),
    .init("service", "c.service", .string), .init("minutes", "c.minutes", .integer),
    .init("locationId", "c.location_id", .uuid, nullable: true), .init("sessions", "c.sessions", .integer),
    .init("everyDays", "c.every_days", .integer), .init("status", "c.status", .string),
    .init("sessionStates", CourseQueries.sessionStates, .json, schema: sessions),
    .init("version", "c.version", .integer), .init("createdAt", "c.created_at", .timestamp),
    .init("updatedAt", "c.updated_at", .timestamp),
  ])

  private static let sessions = JSONSchema.array(
    .object([
      .init("number", .integer(1...60)), .init("plannedAt", .string(format: "date-time")),
      .init("status", .choice(SessionStatus.allCases.map(\.rawValue))),
      .init("appointmentId", JSONSchema.string(format: "uuid").nullable),
    ]))
}

package enum CourseStatus: String, ChoicePrimitive { case booking, booked, incomplete, completed, cancelled }

enum SessionStatus: String, CaseIterable { case planned, booked, failed, completed, cancelled }

/// How many sessions a course has: 1 to 60.
package struct SessionCount: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 1...60 }
}

/// From one session to the next: 1 to 90 days.
package struct SessionDays: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 1...90 }
}
