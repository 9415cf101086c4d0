import Core
import Operations
import Postgres

/// The statements of readiness.
extension LadderQueries {
  /// Everybody whom some tier would reach, by name: now, or at a moment by the planned shifts.
  static func everybody(in hospital: HospitalID, at time: Timestamp?) -> SQL {
    """
    SELECT r.user_id, r.role, u.name, m.department_id, m.is_on_duty
    FROM (\(sql: EscalationQueries.reachable(department: nil, in: hospital, plannedAt: time))) AS r
    JOIN memberships m ON m.hospital_id = \(hospital) AND m.user_id = r.user_id JOIN users u ON u.id = r.user_id
    ORDER BY u.name, r.user_id
    """
  }

  static func departments(in hospital: HospitalID) -> SQL {
    "SELECT id, name FROM departments WHERE hospital_id = \(hospital) AND is_active ORDER BY name, id LIMIT 500"
  }

  static func all(in hospital: HospitalID) -> SQL {
    """
    SELECT id, urgency, department_id, alert_type, step_seconds FROM escalation_ladders
    WHERE hospital_id = \(hospital) ORDER BY urgency DESC, id LIMIT 500
    """
  }
}
