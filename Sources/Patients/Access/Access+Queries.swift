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
}
