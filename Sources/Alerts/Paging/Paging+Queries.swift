import Core
import Postgres

/// The statements of telling people of an alert.
enum PagingQueries {
  /// Who was paged at this time, each once; a page that was repeated since is told with its own time.
  static func paged(for alert: AlertID, at time: Timestamp, in hospital: HospitalID) -> SQL {
    """
    SELECT p.user_id, max(p.tier)::int FROM alert_pages p
    WHERE p.hospital_id = \(hospital) AND p.alert_id = \(alert) AND p.paged_at = \(time) AND p.declined_at IS NULL
    GROUP BY p.user_id
    """
  }

  /// What may be told of an alert. Whoever takes it meanwhile waits, so that none of its messages stays behind.
  static func share(_ alert: AlertID, in hospital: HospitalID) -> SQL {
    "\(sql: facts(alert, hospital)) FOR SHARE OF a"
  }

  static func lock(_ alert: AlertID, in hospital: HospitalID) -> SQL {
    "\(sql: facts(alert, hospital)) FOR UPDATE OF a"
  }

  private static func facts(_ alert: AlertID, _ hospital: HospitalID) -> SQL {
    """
    SELECT a.id, a.department_id, a.room_number, t.title AS type_title, a.urgency, a.status, a.tier FROM alerts a
    JOIN alert_types t ON t.hospital_id = a.hospital_id AND t.code = a.alert_type
    WHERE a.hospital_id = \(hospital) AND a.id = \(alert)
    """
  }
}
