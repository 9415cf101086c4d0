import Core
import Operations
import Postgres

/// The statements of "who saw this record".
enum AccessQueries {
  static func exists(_ id: PatientID, in hospital: HospitalID) -> SQL {
    "SELECT p.id FROM patients p WHERE p.hospital_id = \(hospital) AND p.id = \(id)"
  }

  static func own(_ person: UserID, in hospital: HospitalID) -> SQL {
    "SELECT p.id FROM patients p WHERE p.hospital_id = \(hospital) AND p.user_id = \(person)"
  }

  static func log(of patient: PatientID, in hospital: HospitalID) -> ShortList {
    ShortList(
      """
      patient_accesses a LEFT JOIN users u ON u.id = a.actor_id
      WHERE a.hospital_id = \(hospital) AND a.patient_id = \(patient)
      """, order: [.init("a.occurred_at", "timestamptz"), .init("a.id", "uuid")], isFalling: true)
  }

  /// An account of a patient of this hospital.
  static func account(_ user: UserID, in hospital: HospitalID) -> SQL {
    """
    SELECT 1 FROM memberships m WHERE m.hospital_id = \(hospital) AND m.user_id = \(user) AND m.role = 'patient'
      AND m.is_active
    """
  }

  static func link(_ user: UserID, to patient: PatientID, in hospital: HospitalID, _ scope: RecordScope) -> SQL {
    """
    UPDATE patients p SET user_id = \(user), version = p.version + 1
    WHERE p.hospital_id = \(hospital) AND p.id = \(patient) RETURNING \(sql: PatientQueries.columns(scope))
    """
  }

  /// A condition on `patients p`: whose records somebody opens in a hospital that keeps them to their departments.
  static func inScope(of person: UserID, department: DepartmentID?, hospital: HospitalID) -> SQL {
    """
    (NOT (SELECT h.restrict_records FROM hospitals h WHERE h.id = \(hospital)) OR p.department_id IS NULL
      OR COALESCE(p.department_id = \(department)::uuid, false)
      OR \(sql: CareTeamQueries.holds(person, in: hospital))
      OR EXISTS (SELECT 1 FROM emergency_accesses e WHERE e.hospital_id = \(hospital) AND e.patient_id = p.id
        AND e.user_id = \(person) AND e.expires_at > ward.now()))
    """
  }
}
