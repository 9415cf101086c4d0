import Core
import Operations
package import Postgres

/// A person as he sees himself.
package enum ProfileKind: Shaped {
  package static let shape = RowShape([
    .init("id", "u.id", .uuid), .init("email", "u.email", .string), .init("name", "u.name", .string),
    .init("isEmailVerified", "u.email_verified_at IS NOT NULL", .boolean),
    .init("isComplete", "p.completed_at IS NOT NULL", .boolean),
    .init("phone", "p.phone", .string, nullable: true), .init("department", "p.department", .string, nullable: true),
    .init("jobTitle", "p.job_title", .string, nullable: true), .init("bio", "p.bio", .string, nullable: true),
    .init("licenseNumber", "p.license_number", .string, nullable: true),
    .init("availabilityStatus", "COALESCE(p.availability, 'available')", .string),
    .init("contactByEmail", "COALESCE(p.by_email, true)", .boolean),
    .init("contactByPush", "COALESCE(p.by_push, true)", .boolean),
    .init("contactBySms", "COALESCE(p.by_sms, false)", .boolean),
    .init("lastLoginAt", "u.last_login_at", .timestamp, nullable: true),
    .init("lastLoginAddress", "u.last_login_address", .string, nullable: true),
    .init("createdAt", "u.created_at", .timestamp),
  ])
}

/// What a person says of himself; what is nil stays as it is.
struct ProfileChange: Sendable {
  var name: NameText?
  var phone: PhoneNumber?
  var department: DepartmentText?
  var jobTitle: NameText?
  var bio: ShortText?
  var licenseNumber: LicenseNumber?
  var availability: Availability?
  var contact: ContactPreferences?
}

/// The statements of profiles.
enum ProfileQueries {
  static func profile(of user: UserID) -> SQL {
    """
    SELECT \(sql: ProfileKind.shape.sqlColumns) FROM users u LEFT JOIN profiles p ON p.user_id = u.id
    WHERE u.id = \(user)
    """
  }

  static func rename(_ user: UserID, to name: NameText) -> SQL {
    "UPDATE users SET name = \(name.text) WHERE id = \(user)"
  }

  static func change(_ user: UserID, _ new: ProfileChange) -> SQL {
    """
    INSERT INTO profiles AS p (user_id, phone, department, job_title, bio, license_number, availability, by_email,
      by_push, by_sms)
    VALUES (\(user), \(new.phone?.text), \(new.department?.text), \(new.jobTitle?.text), \(new.bio?.text),
      \(new.licenseNumber?.text), COALESCE(\(new.availability?.rawValue), 'available'),
      COALESCE(\(new.contact?.email), true), COALESCE(\(new.contact?.push), true), COALESCE(\(new.contact?.sms), false))
    ON CONFLICT (user_id) DO UPDATE SET phone = COALESCE(excluded.phone, p.phone),
      department = COALESCE(excluded.department, p.department),
      job_title = COALESCE(excluded.job_title, p.job_title), bio = COALESCE(excluded.bio, p.bio),
      license_number = COALESCE(excluded.license_number, p.license_number),
      availability = COALESCE(\(new.availability?.rawValue), p.availability),
      by_email = COALESCE(\(new.contact?.email), p.by_email), by_push = COALESCE(\(new.contact?.push), p.by_push),
      by_sms = COALESCE(\(new.contact?.sms), p.by_sms), version = p.version + 1
    """
  }

  static func complete(_ user: UserID) -> SQL {
    "UPDATE profiles SET completed_at = COALESCE(completed_at, ward.now()) WHERE user_id = \(user)"
  }

  /// Every later call of this session speaks for the hospital.
  static func choose(_ hospital: HospitalID, for session: SessionID) -> SQL {
    "UPDATE sessions SET hospital_id = \(hospital) WHERE id = \(session)"
  }

  static func takePassword(of user: UserID) -> SQL { "SELECT take_password(\(user)) AS email" }
}
