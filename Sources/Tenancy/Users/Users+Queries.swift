import Core
import Operations
import Postgres

/// The statements of a hospital's people. Patients who have an account are none of its staff and not listed here, so
/// that no search puts a patient's name into a URL.
enum UserQueries {
  static let people: SQL = "memberships m JOIN users u ON u.id = m.user_id"
  /// With what doctors have besides.
  static let doctors: SQL =
    people + " LEFT JOIN doctor_profiles d ON d.hospital_id = m.hospital_id AND d.user_id = m.user_id"

  static func list(
    _ filter: UserFilter, _ shape: RowShape, from people: SQL = people, in hospital: HospitalID, _ place: ListPlace
  ) throws(Failure) -> SQL {
    """
    SELECT \(sql: shape.sqlColumns), u.id AS place FROM \(sql: people)
    WHERE m.hospital_id = \(hospital)\(sql: filter.conditions)\(sql: try after(place))
    ORDER BY u.name, u.id LIMIT \(place.limit + 1) OFFSET \(place.skip)
    """
  }

  static func count(_ filter: UserFilter, in hospital: HospitalID) -> SQL {
    "SELECT count(*) AS total FROM \(sql: people) WHERE m.hospital_id = \(hospital)\(sql: filter.conditions)"
  }

  static func find(_ id: UserID, _ shape: RowShape, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: shape.sqlColumns) FROM \(sql: people)
    WHERE m.hospital_id = \(hospital) AND m.user_id = \(id) AND m.role <> 'patient'
    """
  }

  /// An active doctor.
  static func doctor(_ id: UserID, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: DoctorKind.shape.sqlColumns) FROM \(sql: doctors)
    WHERE m.hospital_id = \(hospital) AND m.user_id = \(id) AND m.role = ANY (\(Role.doctors)) AND m.is_active
    """
  }

  /// The cursor names the last person shown, by an id alone; the order is that of names.
  private static func after(_ place: ListPlace) throws(Failure) -> SQL {
    guard let key = place.after else { return "" }
    guard key.count == 1, let id = UserID(key[0]) else { throw PageCursor.foreign }
    return " AND (u.name, u.id) > (SELECT name, id FROM users WHERE id = \(id))"
  }

  static func create(_ id: UserID, email: EmailAddress, name: NameText, secret: String?) -> SQL {
    "SELECT create_user(\(id), \(email.text), \(name.text), \(secret)) AS made"
  }

  static func insertMembership(_ id: UserID, in hospital: HospitalID, role: String, _ details: UserDetails) -> SQL {
    """
    INSERT INTO memberships (hospital_id, user_id, role, department_id, license_number, specialization, phone)
    VALUES (\(hospital), \(id), \(role), \(details.department), \(details.license), \(details.specialization),
      \(details.phone))
    """
  }

  /// The role that somebody has in the hospital, locked until the transaction ends.
  static func lockRole(of id: UserID, in hospital: HospitalID) -> SQL {
    """
    SELECT role, is_active, is_on_duty FROM memberships
    WHERE hospital_id = \(hospital) AND user_id = \(id) AND role <> 'patient' FOR UPDATE
    """
  }

  static func rename(_ id: UserID, to name: String) -> SQL { "SELECT rename_user(\(id), \(name)) AS renamed" }

  static func update(_ id: UserID, in hospital: HospitalID, _ details: UserDetails) -> SQL {
    """
    UPDATE memberships SET department_id = COALESCE(\(details.department), department_id),
      license_number = COALESCE(\(details.license), license_number),
      specialization = COALESCE(\(details.specialization), specialization), phone = COALESCE(\(details.phone), phone)
    WHERE hospital_id = \(hospital) AND user_id = \(id)
    """
  }

  static func setRole(of id: UserID, in hospital: HospitalID, to role: String) -> SQL {
    "UPDATE memberships SET role = \(role) WHERE hospital_id = \(hospital) AND user_id = \(id)"
  }

  static func deactivate(_ id: UserID, in hospital: HospitalID) -> SQL {
    """
    UPDATE memberships SET is_active = false, is_on_duty = false, shift_started_at = NULL,
      suspended_at = NULL, suspended_by = NULL, suspension_reason = NULL
    WHERE hospital_id = \(hospital) AND user_id = \(id)
    """
  }

  static func email(of id: UserID) -> SQL { "SELECT email FROM users WHERE id = \(id)" }

  static func endMembership(of id: UserID) -> SQL { "SELECT end_membership(\(id)) AS ended" }
}

/// What a person is in one hospital; nil leaves a field as it is.
struct UserDetails {
  var department: DepartmentID?
  var license: String?
  var specialization: String?
  var phone: String?
}

/// Which people a list shows.
struct UserFilter {
  var search: String?
  var roles: [String]?
  var onlyActive = false
  var department: DepartmentID?

  /// ` AND …` for the WHERE clause.
  var conditions: SQL {
    var sql: SQL = " AND m.role <> 'patient'"
    if let roles { sql = sql + " AND m.role = ANY (\(roles))" }
    if onlyActive { sql = sql + " AND m.is_active AND u.is_active" }
    if let department { sql = sql + " AND m.department_id = \(department)" }
    if let search {
      let wanted = search.lowercased()
      sql = sql + " AND (strpos(lower(u.name), \(wanted)) > 0 OR strpos(u.email, \(wanted)) > 0)"
    }
    return sql
  }

  /// What a cursor of the list is bound to.
  var text: String { "\(search ?? "") \(roles?.joined(separator: ",") ?? "") \(onlyActive) \(department?.text ?? "")" }
}
