import Operations
package import Postgres

/// A hospital as its own people see it.
package enum HospitalKind: Shaped {
  package static let shape = RowShape([
    .init("id", "h.id", .uuid), .init("organizationId", "h.organization_id", .uuid), .init("name", "h.name", .string),
    .init("type", "h.kind", .string), .init("subdomain", "h.subdomain", .string),
    .init("timeZone", "h.time_zone", .string), .init("currency", "h.currency", .string, nullable: true),
    .init("isActive", "h.is_active", .boolean),
    .init("nursesResolve", "h.nurses_resolve", .boolean), .init("restrictRecords", "h.restrict_records", .boolean),
    .init("idleMinutes", "h.idle_minutes", .integer, nullable: true),
    .init("licenseNumber", "h.license_number", .string, nullable: true),
    .init("taxNumber", "h.tax_number", .string, nullable: true), .init("email", "h.email", .string, nullable: true),
    .init("phone", "h.phone", .string, nullable: true), .init("address", "h.address", .string, nullable: true),
    .init("createdAt", "h.created_at", .timestamp), .init("updatedAt", "h.updated_at", .timestamp),
  ])
}

/// A hospital in which somebody works, and as what.
package enum OwnHospitalKind: Shaped {
  package static let shape = RowShape([
    .init("id", "h.id", .uuid), .init("organizationId", "h.organization_id", .uuid), .init("name", "h.name", .string),
    .init("type", "h.kind", .string), .init("subdomain", "h.subdomain", .string),
    .init("timeZone", "h.time_zone", .string), .init("isActive", "h.is_active", .boolean),
    .init("role", "m.role", .string), .init("departmentId", "m.department_id", .uuid, nullable: true),
  ])
}

/// What everybody may know of a hospital.
package enum PublicHospitalKind: Shaped {
  package static let shape = RowShape([
    .init("id", "h.id", .uuid), .init("name", "h.name", .string), .init("type", "h.kind", .string),
    .init("subdomain", "h.subdomain", .string), .init("timeZone", "h.time_zone", .string),
    .init("isActive", "h.is_active", .boolean),
  ])
}
