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
    .init("steps", BundleQueries.steps, .json, schema: steps),
    .init("createdAt", "b.created_at", .timestamp), .init("updatedAt", "b.updated_at", .timestamp),
  ])

  private static let steps = JSONSchema.array(
    .object([
      .init("number", .integer(1...10)), .init("doctorId", .string(format: "uuid")), .init("service", .string()),
      .init("startsAt", .string(format: "date-time")), .init("minutes", JSONSchema.integer(5...480).nullable),
      .init("appointmentId", JSONSchema.string(format: "uuid").nullable),
    ]))
}
