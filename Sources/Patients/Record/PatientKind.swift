import Core
import Operations
package import Postgres

/// A patient's whole record as the API shows it.
///
/// The sealed columns have no expression in SQL: ``Patient`` opens them. The shape is the schema and the choice of fields.
package enum PatientKind: Shaped {
  package static let shape = RowShape(
    PatientSummaryKind.shape.columns + [
      .init("bloodType", "NULL", .string, nullable: true),
      .init("nationalId", "NULL", .string, nullable: true),
      .init("phone", "NULL", .string, nullable: true),
      .init("email", "NULL", .string, nullable: true),
      .init("address", "NULL", .string, nullable: true),
      .init("primaryDiagnosis", "NULL", .string, nullable: true),
      .init("secondaryDiagnoses", "NULL", .json, schema: .array(.string())),
      .init("allergies", "NULL", .json, schema: .array(.string())),
      .init("medications", "NULL", .json, schema: .array(InputDecoder.schema(of: Medication.self, closed: false))),
      .init(
        "emergencyContact", "NULL", .json, nullable: true,
        schema: InputDecoder.schema(of: EmergencyContact.self, closed: false)),
      .init("notes", "NULL", .string, nullable: true),
      .init("dischargeNotes", "NULL", .string, nullable: true),
      .init("dischargeDiagnosis", "NULL", .string, nullable: true),
    ])
}

/// A patient as lists show him: enough to tell him from others.
package enum PatientSummaryKind: Shaped {
  package static let shape = RowShape([
    .init("id", "p.id", .uuid), .init("hospitalId", "p.hospital_id", .uuid), .init("mrn", "NULL", .string),
    .init("name", "NULL", .string), .init("dateOfBirth", "NULL", .string, nullable: true),
    .init("gender", "NULL", .string), .init("departmentId", "p.department_id", .uuid, nullable: true),
    .init("roomNumber", "p.room_number", .string, nullable: true),
    .init("bedNumber", "p.bed_number", .string, nullable: true), .init("status", "p.status", .string),
    .init("flags", "NULL", .json, nullable: true, schema: flags), .init("admittedAt", "p.admitted_at", .timestamp),
    .init("dischargedAt", "p.discharged_at", .timestamp, nullable: true),
    .init("createdAt", "p.created_at", .timestamp), .init("updatedAt", "p.updated_at", .timestamp),
    .init("version", "p.version", .integer),
    // Kept to another department: no more than the head of the record is shown.
    .init("isRestricted", "NOT is_open", .boolean),
  ])

  private static let flags = JSONSchema.object([
    .init("dnr", .boolean), .init("fallRisk", .boolean), .init("allergyAlert", .boolean),
  ])
}
