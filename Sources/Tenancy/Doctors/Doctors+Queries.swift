import Core
import Operations
package import Postgres

/// The statements of doctors' profiles: one for each doctor of a hospital.
enum DoctorQueries {
  /// `made` tells whether there was none before.
  static func insertProfile(of id: UserID, in hospital: HospitalID, _ details: DoctorDetails) -> SQL {
    """
    INSERT INTO doctor_profiles (hospital_id, user_id, qualification, experience_years, bio)
    VALUES (\(hospital), \(id), \(details.qualification?.text), \(details.experience?.value), \(details.bio?.text))
    ON CONFLICT (hospital_id, user_id) DO NOTHING RETURNING true AS made
    """
  }

  /// Changes the profile, and makes it where the doctor had none.
  static func keepProfile(of id: UserID, in hospital: HospitalID, _ details: DoctorDetails) -> SQL {
    """
    INSERT INTO doctor_profiles AS d (hospital_id, user_id, qualification, experience_years, bio)
    VALUES (\(hospital), \(id), \(details.qualification?.text), \(details.experience?.value), \(details.bio?.text))
    ON CONFLICT (hospital_id, user_id) DO UPDATE SET
      qualification = COALESCE(excluded.qualification, d.qualification),
      experience_years = COALESCE(excluded.experience_years, d.experience_years),
      bio = COALESCE(excluded.bio, d.bio)
    """
  }

  static func profile(of id: UserID, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: DoctorProfileKind.shape.sqlColumns) FROM doctor_profiles d
    JOIN memberships m ON m.hospital_id = d.hospital_id AND m.user_id = d.user_id
    WHERE d.hospital_id = \(hospital) AND d.user_id = \(id)
    """
  }
}

/// A doctor as colleagues see him.
package enum DoctorKind: Shaped {
  package static let shape = RowShape([
    .init("id", "u.id", .uuid), .init("name", "u.name", .string), .init("role", "m.role", .string),
    .init("departmentId", "m.department_id", .uuid, nullable: true),
    .init("specialization", "m.specialization", .string, nullable: true),
    .init("qualification", "d.qualification", .string, nullable: true),
    .init("experienceYears", "d.experience_years", .integer, nullable: true),
    .init("bio", "d.bio", .string, nullable: true), .init("isOnDuty", "m.is_on_duty", .boolean),
  ])
}

/// A doctor's profile as he keeps it himself.
package enum DoctorProfileKind: Shaped {
  package static let shape = RowShape([
    .init("userId", "d.user_id", .uuid), .init("licenseNumber", "m.license_number", .string, nullable: true),
    .init("specialization", "m.specialization", .string, nullable: true),
    .init("qualification", "d.qualification", .string, nullable: true),
    .init("experienceYears", "d.experience_years", .integer, nullable: true),
    .init("bio", "d.bio", .string, nullable: true), .init("createdAt", "d.created_at", .timestamp),
    .init("updatedAt", "GREATEST(d.updated_at, m.updated_at)", .timestamp),
  ])
}
