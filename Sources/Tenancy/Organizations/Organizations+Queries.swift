import Core
import Operations
package import Postgres

/// The statements of organisations.
enum OrganizationQueries {
  static func create(_ new: NewOrganization) -> SQL {
    """
    SELECT create_organization(\(new.id), \(new.name), \(new.slug), \(new.kind), \(new.hospital), \(new.hospitalName),
      \(new.subdomain), \(new.hospitalKind), \(new.timeZone)) AS outcome
    """
  }

  /// Sees the hospital's rows from here to the end of the transaction.
  static func enter(_ hospital: HospitalID) -> SQL { "SELECT set_config('ward.hospital', \(hospital.text), true)" }

  static func isTimeZone(_ name: TimeZoneName?) -> SQL {
    "SELECT is_time_zone(COALESCE(\(name?.text), 'UTC')) AS known"
  }

  static func organization(of hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: OrganizationKind.shape.sqlColumns) FROM hospitals h JOIN organizations o ON o.id = h.organization_id
    WHERE h.id = \(hospital)
    """
  }

  /// The organisations in which somebody has an active membership.
  static func organizations(of user: UserID) -> ShortList {
    ShortList(
      """
      organizations o WHERE o.id IN (SELECT h.organization_id FROM hospitals h JOIN memberships m ON m.hospital_id = h.id
        WHERE m.user_id = \(user) AND m.is_active)
      """, order: [.init("o.name", "text"), .init("o.id", "uuid")])
  }

  static func update(_ input: UpdateOrganization) -> SQL {
    """
    SELECT update_organization(\(input.name?.text), \(input.type?.rawValue), \(input.size?.rawValue),
      \(input.industry?.text), \(input.website?.text), \(input.description?.text), \(input.email?.text),
      \(input.phone?.text), \(input.address?.text)) AS changed
    """
  }

  static func setDefault(_ hospital: HospitalID) -> SQL { "SELECT set_default_hospital(\(hospital)) AS changed" }
}

/// An organisation and its first hospital before they are written.
package struct NewOrganization: Sendable {
  let id: OrganizationID
  let name: String
  let slug: String
  let kind: String
  let hospital: HospitalID
  let hospitalName: String
  let subdomain: String
  let hospitalKind: String
  let timeZone: String
}

package enum OrganizationKind: Shaped {
  package static let shape = RowShape([
    .init("id", "o.id", .uuid), .init("name", "o.name", .string), .init("slug", "o.slug", .string),
    .init("type", "o.kind", .string), .init("size", "o.size", .string, nullable: true),
    .init("industry", "o.industry", .string, nullable: true), .init("website", "o.website", .string, nullable: true),
    .init("description", "o.description", .string, nullable: true),
    .init("email", "o.email", .string, nullable: true), .init("phone", "o.phone", .string, nullable: true),
    .init("address", "o.address", .string, nullable: true),
    .init("defaultHospitalId", "o.default_hospital_id", .uuid, nullable: true),
    .init("createdAt", "o.created_at", .timestamp),
  ])
}
