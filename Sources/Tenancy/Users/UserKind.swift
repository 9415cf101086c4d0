import Operations
package import Postgres

/// A person as the administrators of a hospital see him: who he is, and what he is in it.
package enum UserKind: Shaped {
  package static let shape = RowShape([
    .init("id", "u.id", .uuid), .init("email", "u.email", .string), .init("name", "u.name", .string),
    .init("role", "m.role", .string), .init("departmentId", "m.department_id", .uuid, nullable: true),
    .init("licenseNumber", "m.license_number", .string, nullable: true),
    .init("specialization", "m.specialization", .string, nullable: true),
    .init("phone", "m.phone", .string, nullable: true), .init("isActive", "m.is_active AND u.is_active", .boolean),
    .init("isOnDuty", "m.is_on_duty", .boolean), .init("createdAt", "m.created_at", .timestamp),
    .init("updatedAt", "GREATEST(m.updated_at, u.updated_at)", .timestamp),
  ])
}
