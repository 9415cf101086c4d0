import Core
import Postgres

/// The statements of alerts that are a patient's.
extension AlertQueries {
  static let discharged = "The patient was discharged."

  /// The type of an alert that Ward raises for a patient.
  static func medicalType(in hospital: HospitalID) -> SQL {
    """
    SELECT t.code FROM alert_types t
    WHERE t.hospital_id = \(hospital) AND t.is_active AND (t.class = 'medical' OR t.code = 'medical')
    ORDER BY t.code = 'critical_vitals' DESC, t.code = 'medical' DESC, t.position, t.code LIMIT 1
    """
  }

  /// In the order of their ids, as everybody who locks several does.
  static func close(of patient: PatientID, in hospital: HospitalID, by user: UserID) -> SQL {
    """
    WITH open AS (
      SELECT id FROM alerts WHERE hospital_id = \(hospital) AND patient_id = \(patient)
        AND status = ANY (\(AlertLife.sources(of: .close))) ORDER BY id FOR UPDATE)
    UPDATE alerts a SET status = 'resolved', resolved_by = \(user), resolved_at = ward.now(),
      resolution = \(discharged), next_escalation_at = NULL, version = version + 1
    FROM open WHERE a.hospital_id = \(hospital) AND a.id = open.id
    RETURNING \(sql: changed)
    """
  }
}

extension AlertQueries {
  /// ` AND …`: only alerts of patients in whose care team this person is now.
  static func inCare(of person: UserID) -> SQL {
    """
     AND EXISTS (SELECT 1 FROM care_team c WHERE c.hospital_id = a.hospital_id AND c.patient_id = a.patient_id
      AND c.user_id = \(person) AND c.ended_at IS NULL)
    """
  }
}
