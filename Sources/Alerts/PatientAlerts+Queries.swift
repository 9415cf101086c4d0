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
