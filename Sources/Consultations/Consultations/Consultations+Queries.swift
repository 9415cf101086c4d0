import Core
import Operations
import Postgres
import Scheduling

/// The statements of consultations: appointments, seen by the two who meet.
enum ConsultationQueries {
  static func find(_ id: AppointmentID, in hospital: HospitalID, locks: Bool) -> SQL {
    """
    SELECT \(sql: AppointmentQueries.columns) FROM appointments a WHERE a.hospital_id = \(hospital) AND a.id = \(id)\
    \(sql: locks ? " FOR NO KEY UPDATE OF a" : "")
    """
  }

  /// A condition on `appointments a`: those of one person, as doctor or as patient.
  private static func own(_ person: UserID, in hospital: HospitalID, _ states: [String]) -> SQL {
    let condition: SQL = """
      a.hospital_id = \(hospital) AND (a.doctor_id = \(person) OR a.patient_id IN (
        SELECT p.id FROM patients p WHERE p.hospital_id = \(hospital) AND p.user_id = \(person)))
      """
    return states.isEmpty ? condition : condition + " AND a.status = ANY (\(states))"
  }

  /// The earliest first; one row more than the limit tells that there are more.
  static func list(
    _ person: UserID, in hospital: HospitalID, _ states: [String], after: (Timestamp, AppointmentID)?, limit: Int,
    skip: Int
  ) -> SQL {
    """
    SELECT \(sql: AppointmentQueries.columns) FROM appointments a WHERE \(sql: own(person, in: hospital, states))\
    \(sql: after.map { " AND (a.starts_at, a.id) > (\($0.0), \($0.1))" } ?? "")
    ORDER BY a.starts_at, a.id LIMIT \(limit + 1) OFFSET \(skip)
    """
  }

  /// Counts to 10,000 and no further.
  static func count(_ person: UserID, in hospital: HospitalID, _ states: [String]) -> SQL {
    """
    SELECT count(*) AS total FROM (
      SELECT 1 FROM appointments a WHERE \(sql: own(person, in: hospital, states)) LIMIT 10000) AS found
    """
  }
}
