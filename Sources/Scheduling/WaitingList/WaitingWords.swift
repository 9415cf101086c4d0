package import Core
import Operations
package import Postgres

package enum WaitingEntryEntity {}
package typealias WaitingEntryID = Identifier<WaitingEntryEntity>

/// Somebody who waits for a time, on the wire.
package enum WaitingEntryKind: Shaped {
  package static let shape = RowShape([
    .init("id", "w.id", .uuid), .init("patientId", "w.patient_id", .uuid),
    .init("doctorId", "w.doctor_id", .uuid, nullable: true), .init("service", "w.service", .string),
    .init("minutes", "w.minutes", .integer), .init("priority", "w.priority", .string),
    .init("earliest", "w.earliest", .timestamp), .init("latest", "w.latest", .timestamp),
    .init("status", "w.status", .string), .init("appointmentId", "w.appointment_id", .uuid, nullable: true),
    .init("version", "w.version", .integer), .init("createdAt", "w.created_at", .timestamp),
    .init("updatedAt", "w.updated_at", .timestamp),
  ])
}

/// How it stands with somebody who waits for a time.
package enum WaitingStatus: String, ChoicePrimitive {
  case waiting
  /// A time is held for him.
  case notified
  case scheduled, removed
}
