package import Core
package import Operations

extension WriteCall {
  /// Tells who looks at the log of an alert's messages that it has changed; the page asks for what is new.
  ///
  /// In a room for each alert, not in that of all alerts: 1,500 people who are told of one alert are as many changes, and
  /// thousands of boards need none of them. Once in a transaction, however much changes in it.
  package mutating func tellDeliveries(of alert: AlertID, department: DepartmentID?, in hospital: HospitalID) {
    let rooms = Room.hearing(alertOf: department, in: hospital).map { $0.deliveries(of: alert) }
    guard !events.contains(where: { $0.name == "alert:deliveries" && $0.rooms == rooms }) else { return }
    emit(Event("alert:deliveries", to: rooms, payload: ["alertId": .string(alert.text)]))
  }

  /// Tells a person's own pages that something was read on one of them.
  mutating func tellRead(by person: UserID) { emit(Event("notification:read", to: [.user(person)], payload: [:])) }
}
