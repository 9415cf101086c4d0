import Core
import FoundationEssentials
import Operations
import Postgres

/// The statements of imports, each for many lines at once.
enum ImportQueries {
  static func departments(in hospital: HospitalID) -> SQL {
    "SELECT id, upper(code) AS code FROM departments WHERE hospital_id = \(hospital) AND is_active"
  }

  /// Of these addresses the ones that have an account.
  static func taken(_ emails: [String]) -> SQL {
    "SELECT email FROM unnest(\(emails)::text[]) AS wanted (email) WHERE is_taken(email)"
  }

  /// Of these licence numbers, in capital letters, the ones that an active doctor of the hospital has.
  static func licences(_ numbers: [String], in hospital: HospitalID) -> SQL {
    """
    SELECT upper(license_number) AS number FROM memberships WHERE hospital_id = \(hospital) AND is_active
      AND role = ANY (\(Role.doctors)) AND upper(license_number) = ANY (\(numbers))
    """
  }

  /// `taken` counts those who have an account by now.
  static func createUsers(_ ids: [UUID], emails: [String], names: [String]) -> SQL {
    """
    SELECT count(*) FILTER (WHERE NOT made) AS taken FROM (
      SELECT create_user(id, email, name, NULL) AS made
      FROM unnest(\(ids)::uuid[], \(emails)::text[], \(names)::text[]) AS new (id, email, name)) AS people
    """
  }

  static func insertMemberships(_ ids: [UUID], _ people: [StaffImport.Item], in hospital: HospitalID) -> SQL {
    """
    INSERT INTO memberships (hospital_id, user_id, role, department_id, license_number, specialization, phone)
    SELECT \(hospital), new.* FROM unnest(\(ids)::uuid[], \(people.map(\.role.rawValue))::text[],
      \(people.map { $0.departmentId?.rawValue })::uuid[], \(people.map { $0.licenseNumber?.text })::text[],
      \(people.map { $0.specialization?.text })::text[], \(people.map { $0.phone?.text })::text[]) AS new
    """
  }

  /// Of these numbers the ones that a room of the hospital has.
  static func rooms(_ numbers: [String], in hospital: HospitalID) -> SQL {
    "SELECT number FROM rooms WHERE hospital_id = \(hospital) AND is_active AND number = ANY (\(numbers))"
  }

  /// A row for each that was made.
  static func insertRooms(_ ids: [UUID], _ rooms: [RoomImport.Item], in hospital: HospitalID) -> SQL {
    """
    INSERT INTO rooms (hospital_id, id, number, department_id, beds)
    SELECT \(hospital), new.* FROM unnest(\(ids)::uuid[], \(rooms.map(\.number.text))::text[],
      \(rooms.map { $0.departmentId?.rawValue })::uuid[], \(rooms.map { $0.beds?.value ?? 1 })::smallint[]) AS new
    ON CONFLICT (hospital_id, number) WHERE is_active DO NOTHING RETURNING id
    """
  }
}

extension Transaction {
  func departmentCodes(in hospital: HospitalID) async throws -> [String: DepartmentID] {
    var codes: [String: DepartmentID] = [:]
    for row in try await query(ImportQueries.departments(in: hospital)) {
      codes[try row.decode("code", as: String.self)] = try row.decode("id", as: DepartmentID.self)
    }
    return codes
  }

  /// One column of texts as a set.
  func texts(_ column: String, _ statement: SQL) async throws -> Set<String> {
    Set(try await query(statement).map { try $0.decode(column, as: String.self) })
  }
}
