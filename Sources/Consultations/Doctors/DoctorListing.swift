import Operations
package import Postgres

/// A doctor as anybody of the hospital may see him who looks for one: no number of a licence, no telephone.
package enum DoctorListingKind: Shaped {
  package static let shape = RowShape([
    .init("id", "u.id", .uuid), .init("name", "u.name", .string),
    .init("departmentId", "m.department_id", .uuid, nullable: true),
    .init("specialization", "m.specialization", .string, nullable: true),
    .init("qualification", "d.qualification", .string, nullable: true),
    .init("experienceYears", "d.experience_years", .integer, nullable: true),
    .init("bio", "d.bio", .string, nullable: true),
    // Of what patients gave after their visits; null until somebody has.
    .init("rating", "s.mean", .double, nullable: true), .init("ratings", "COALESCE(s.ratings, 0)", .integer),
    // Minor units of the hospital's currency.
    .init("feeMinor", "r.fee_minor", .integer, nullable: true),
    .init("isAvailable", "COALESCE(r.is_active, true)", .boolean), .init("isOnDuty", "m.is_on_duty", .boolean),
  ])
}
