import Postgres

/// The statements about what sockets are subscribed to.
enum PlaceQueries {
  static func keep(_ pid: String, _ person: String, sid: String, _ subscriptions: String) -> SQL {
    "SELECT keep_socket(\(pid), \(person), \(sid), \(subscriptions))"
  }

  static func recall(_ pid: String, _ person: String) -> SQL {
    "SELECT sid, subscriptions FROM recall_socket(\(pid), \(person))"
  }

  static func forget(_ pid: String, _ person: String) -> SQL {
    "SELECT forget_socket(\(pid), \(person))"
  }
}
