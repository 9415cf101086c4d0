import Core
import Postgres

/// The statements of the event log.
enum EventQueries {
  static func setTenant(_ hospital: HospitalID) -> SQL {
    "SELECT set_config('ward.hospital', \(hospital.text), true)"
  }

  static func head(of hospital: HospitalID) -> SQL {
    "SELECT last_number FROM event_counters WHERE hospital_id = \(hospital)"
  }

  static func events(after number: Int64, in hospital: HospitalID, limit: Int) -> SQL {
    """
    SELECT number, name, rooms, payload FROM events
    WHERE hospital_id = \(hospital) AND number > \(number) ORDER BY number LIMIT \(limit)
    """
  }

  /// Which of these hospitals have news; asked as the engine's role.
  static func heads(of hospitals: [HospitalID]) -> SQL {
    """
    SELECT hospital_id, last_number FROM event_counters WHERE hospital_id = ANY (\(hospitals.map(\.rawValue))::uuid[])
    """
  }
}
