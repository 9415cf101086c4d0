package import Operations

extension Caller {
  /// The rooms of alerts that the caller may hear in the hospital of the call; none without the permission.
  package var alertRooms: [Room] {
    guard let hospital, permissions.contains(.viewAlerts) else { return [] }
    guard isBoundToDepartment, let departmentID else { return [.alerts(hospital.id)] }
    return [.alerts(hospital.id, departmentID), .undirectedAlerts(hospital.id)]
  }

  /// The rooms that the caller is in by being who he is.
  package var ownRooms: [Room] {
    var rooms: [Room] = []
    if let userID { rooms.append(.user(userID)) }
    if let hospital, kind == .person { rooms.append(.hospital(hospital.id)) }
    return rooms
  }
}
