package import Core
import Operations
package import Postgres

package enum FollowUpEntity {}
package typealias FollowUpID = Identifier<FollowUpEntity>

/// What kind of further visit is planned, and after how many days where nobody says otherwise.
package enum FollowUpType: String, ChoicePrimitive {
  case routine, urgent, specialist, therapy, surgery

  package var days: Int64 {
    switch self {
    case .routine: 30
    case .urgent: 3
    case .specialist: 14
    case .therapy: 7
    case .surgery: 10
    }
  }

  /// What it is booked with.
  package var priority: AppointmentPriority { self == .urgent ? .urgent : .normal }
}

package enum FollowUpStatus: String, ChoicePrimitive { case planned, pending, due, scheduled, completed, cancelled }

/// A plan for a further visit, on the wire; what is to be looked at is sealed and shown where one plan is.
package enum FollowUpKind: Shaped {
  package static let shape = RowShape([
    .init("id", "f.id", .uuid), .init("appointmentId", "f.appointment_id", .uuid),
    .init("patientId", "f.patient_id", .uuid), .init("doctorId", "f.doctor_id", .uuid),
    .init("type", "f.kind", .string),
    .init("afterDays", "f.after_days", .integer), .init("status", "f.status", .string),
    .init("dueAt", "f.due_at", .timestamp, nullable: true),
    .init("nextAppointmentId", "f.next_appointment_id", .uuid, nullable: true),
    .init("version", "f.version", .integer), .init("createdBy", "f.created_by", .uuid, nullable: true),
    .init("createdAt", "f.created_at", .timestamp), .init("updatedAt", "f.updated_at", .timestamp),
  ])
}

/// After how many days: 1 to 730.
package struct FollowUpDays: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 1...730 }
}
