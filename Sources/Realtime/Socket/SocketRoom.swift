/// The sockets of one room in the order in which they came.
///
/// They were laid out in memory in that order too, here and in the kernel, so delivering to thousands of them walks
/// through it from one end to the other.
struct SocketRoom {
  private var slots: [SocketSession?] = []
  private var places: [SocketID: Int] = [:]

  var isEmpty: Bool { places.isEmpty }
  var members: [SocketSession] { slots.compactMap(\.self) }

  func forEach(_ body: (SocketSession) -> Void) {
    for case let session? in slots { body(session) }
  }

  mutating func add(_ session: SocketSession) {
    guard places[session.id] == nil else { return }
    places[session.id] = slots.count
    slots.append(session)
  }

  mutating func remove(_ id: SocketID) {
    guard let place = places.removeValue(forKey: id) else { return }
    slots[place] = nil
    if slots.count > 32, places.count < slots.count / 2 { closeGaps() }
  }

  private mutating func closeGaps() {
    slots = members
    for (place, session) in members.enumerated() { places[session.id] = place }
  }
}
