import Core
package import NIOCore
import Postgres

/// One event of a hospital's numbered log.
package struct LoggedEvent: Sendable {
  package let number: Int64
  package let name: String
  package let rooms: [String]
  package let payload: ByteBuffer

  init(_ row: Row) throws {
    number = try row.decode("number")
    name = try row.decode("name")
    rooms = try row.decode("rooms", as: String.self).split(separator: " ").map(String.init)
    payload = ByteBuffer(string: try row.decode("payload", as: String.self))
  }
}

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
