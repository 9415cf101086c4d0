package import Core
package import NIOCore

/// A room of sockets and streams; its name is part of the contract with clients.
package struct Room: Sendable, Hashable {
  package let name: String

  private init(_ name: String) { self.name = name }

  /// Those who look after Ward itself, of every hospital: what they hear there is about no hospital.
  package static let administrators = Room("administrators")
  package static func user(_ id: UserID) -> Room { Room("user:\(id.text)") }
  package static func hospital(_ id: HospitalID) -> Room { Room("hospital:\(id.text)") }
  /// Every alert of a hospital.
  package static func alerts(_ id: HospitalID) -> Room { Room("hospital:\(id.text):alerts") }
  /// The alerts of one department.
  package static func alerts(_ id: HospitalID, _ department: DepartmentID) -> Room {
    Room("hospital:\(id.text):department:\(department.text):alerts")
  }
  /// How one alert's messages fare, for who may hear of the alerts in this room and looks at it.
  package func deliveries(of alert: AlertID) -> Room { Room("\(name):\(alert.text)") }
  /// The rooms that hear of an alert of a department, or of none.
  package static func hearing(alertOf department: DepartmentID?, in hospital: HospitalID) -> [Room] {
    [.alerts(hospital), department.map { .alerts(hospital, $0) } ?? .undirectedAlerts(hospital)]
  }
  /// Whoever holds the ticket of one entry of one waiting line.
  package static func line(_ line: String, entry: String, in hospital: HospitalID) -> Room {
    Room("hospital:\(hospital.text):line:\(line):\(entry)")
  }
  /// Every appointment of a hospital, for its desk.
  package static func appointments(_ id: HospitalID) -> Room { Room("hospital:\(id.text):appointments") }
  /// The queues in numbers, for who sees the system.
  package static let queues = Room("queues")
  /// The alerts that belong to no department, for those who hear only one.
  package static func undirectedAlerts(_ id: HospitalID) -> Room { Room("hospital:\(id.text):undirected:alerts") }
}

/// Something that clients hear of once the transaction has committed.
package struct Event: Sendable {
  package let name: String
  package let rooms: [Room]
  /// JSON, sent as it stands.
  package let payload: ByteBuffer

  package init(_ name: String, to rooms: [Room], payload: ByteBuffer) {
    self.name = name
    self.rooms = rooms
    self.payload = payload
  }

  package init(_ name: String, to rooms: [Room], payload: JSONValue) {
    var buffer = ByteBuffer()
    buffer.writeJSON(payload)
    self.init(name, to: rooms, payload: buffer)
  }
}

/// What a committed transaction wakes.
package struct Wakes: Sendable {
  package var hospital: HospitalID?
  package var hasEvents = false
  package var hasTimers = false
  package var hasJobs = false
}
