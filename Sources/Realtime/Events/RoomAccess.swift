package import Operations

extension Room {
  /// Whether a room is one of these, or that of one alert's messages in one of them.
  static func isAllowed(_ name: String, in rooms: Set<String>) -> Bool {
    if rooms.contains(name) { return true }
    guard let colon = name.lastIndex(of: ":"), name[..<colon].hasSuffix(":alerts") else { return false }
    return rooms.contains(String(name[..<colon]))
  }
}

extension Caller {
  /// The rooms of alerts that the caller may hear in the hospital of the call; none without the permission.
  package var alertRooms: [Room] {
    guard let hospital, permissions.contains(.viewAlerts) else { return [] }
    guard isBoundToDepartment, let departmentID else { return [.alerts(hospital.id)] }
    return [.alerts(hospital.id, departmentID), .undirectedAlerts(hospital.id)]
  }

  /// The rooms that those may hear who see the system.
  package var systemRooms: [Room] { hospital != nil && permissions.contains(.viewSystem) ? [.queues] : [] }

  /// The rooms of appointments that the caller may hear in the hospital of the call; none without the permission.
  package var deskRooms: [Room] {
    guard let hospital, kind == .person, permissions.contains(.viewAppointments) else { return [] }
    return [.appointments(hospital.id)]
  }

  /// The rooms that the caller is in by being who he is.
  package var ownRooms: [Room] {
    var rooms: [Room] = []
    if let userID { rooms.append(.user(userID)) }
    if let hospital, kind == .person { rooms.append(.hospital(hospital.id)) }
    if kind == .person, permissions.contains(.viewSystem) { rooms.append(.administrators) }
    return rooms
  }
}
