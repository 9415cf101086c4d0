import Core
import Operations
import Postgres

extension PatientQueries {
  static func dashboard(of hospital: HospitalID, timeZone: String) -> SQL {
    """
    SELECT \(sql: PatientDashboardKind.shape.sqlColumns) FROM (
      SELECT count(*) FILTER (WHERE p.status = 'active') AS active,
        count(*) FILTER (WHERE p.status = 'discharged') AS discharged,
        count(*) FILTER (WHERE p.admitted_at >= d.begins) AS admitted_today,
        count(*) FILTER (WHERE p.discharged_at >= d.begins) AS discharged_today,
        count(*) FILTER (WHERE p.status = 'active' AND p.is_dnr) AS dnr,
        count(*) FILTER (WHERE p.status = 'active' AND p.is_fall_risk) AS fall_risk,
        count(*) FILTER (WHERE p.status = 'active' AND p.has_allergy_alert) AS allergy_alert,
        count(*) FILTER (WHERE p.status = 'active' AND NOT EXISTS (
          SELECT 1 FROM care_team c WHERE c.hospital_id = p.hospital_id AND c.patient_id = p.id
            AND c.role = 'primary_doctor' AND c.ended_at IS NULL)) AS without_doctor,
        (SELECT count(*) FROM (
          SELECT DISTINCT ON (v.patient_id) v.critical FROM vitals v
          JOIN patients a ON a.hospital_id = v.hospital_id AND a.id = v.patient_id AND a.status = 'active'
          WHERE v.hospital_id = \(hospital) AND v.recorded_at > ward.now() - interval '24 hours'
          ORDER BY v.patient_id, v.recorded_at DESC, v.id DESC) AS last
          WHERE cardinality(last.critical) > 0) AS critical,
        (SELECT COALESCE(jsonb_agg(jsonb_build_object('departmentId', b.department_id, 'active', b.active)
            ORDER BY b.active DESC, b.department_id), '[]')
          FROM (SELECT department_id, count(*) AS active FROM patients
            WHERE hospital_id = \(hospital) AND status = 'active' GROUP BY department_id) AS b) AS by_department
      FROM (SELECT date_trunc('day', ward.now() AT TIME ZONE \(timeZone)) AT TIME ZONE \(timeZone) AS begins) AS d
      LEFT JOIN patients p ON p.hospital_id = \(hospital)
    ) AS n
    """
  }
}
