import Core
import Operations
import Postgres

/// The statements of care teams.
enum CareTeamQueries {
  private static let columns: SQL = """
    c.id, c.patient_id, c.user_id, (SELECT u.name FROM users u WHERE u.id = c.user_id) AS user_name, c.role, c.notes,
    c.assigned_at, c.ended_at
    """

  static func member(_ user: UserID, in hospital: HospitalID) -> SQL {
    "SELECT m.role FROM memberships m WHERE m.hospital_id = \(hospital) AND m.user_id = \(user) AND m.is_active"
  }

  /// No row when he is in the team already, or the patient has a primary doctor.
  static func insert(
    _ id: Identifier<AnyEntity>, _ user: UserID, as role: CareTeamRole, notes: [UInt8]?, of patient: PatientID,
    in hospital: HospitalID, by assigner: UserID
  ) -> SQL {
    """
    INSERT INTO care_team AS c (hospital_id, id, patient_id, user_id, role, notes, assigned_by)
    VALUES (\(hospital), \(id), \(patient), \(user), \(role.rawValue), \(notes), \(assigner))
    ON CONFLICT DO NOTHING RETURNING \(sql: columns)
    """
  }

  static func list(of patient: PatientID, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: columns) FROM care_team c
    WHERE c.hospital_id = \(hospital) AND c.patient_id = \(patient) AND c.ended_at IS NULL
    ORDER BY c.assigned_at, c.id LIMIT 100
    """
  }

  static func end(_ user: UserID, of patient: PatientID, in hospital: HospitalID) -> SQL {
    """
    UPDATE care_team c SET ended_at = ward.now()
    WHERE c.hospital_id = \(hospital) AND c.patient_id = \(patient) AND c.user_id = \(user) AND c.ended_at IS NULL
    RETURNING \(sql: columns)
    """
  }

  static func endAll(of patient: PatientID, in hospital: HospitalID) -> SQL {
    """
    UPDATE care_team SET ended_at = ward.now()
    WHERE hospital_id = \(hospital) AND patient_id = \(patient) AND ended_at IS NULL
    """
  }

  /// A condition on `patients p`: this person is in the care team.
  static func holds(_ person: UserID, in hospital: HospitalID) -> SQL {
    """
    EXISTS (SELECT 1 FROM care_team c WHERE c.hospital_id = \(hospital) AND c.patient_id = p.id
      AND c.user_id = \(person) AND c.ended_at IS NULL)
    """
  }
}
