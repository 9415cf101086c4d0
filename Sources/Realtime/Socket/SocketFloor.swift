import NIOCore

/// The sessions and rooms of one event loop; confined to that loop.
final class SocketFloor {
  let shard: SocketShard
  let surroundings: SocketSurroundings
  private(set) var sessions: [SocketID: SocketSession] = [:]
  private(set) var rooms: [String: SocketRoom] = [:]
  private var wheel: TimerWheel
  private var unflushed: [SocketSession] = []
  private var deliveryNumber: UInt64 = 0

  init(shard: SocketShard, surroundings: SocketSurroundings) {
    self.shard = shard
    self.surroundings = surroundings
    wheel = TimerWheel(now: surroundings.clock.uptime())
  }

  // MARK: Sessions

  /// Makes a session unless a limit forbids it.
  func open(_ handshake: SocketHandshake) -> SocketSession? {
    guard surroundings.census.open(address: handshake.address, limits: surroundings.limits) else { return nil }
    let session = SocketSession(id: surroundings.nextNumber.take(), handshake: handshake, floor: self)
    sessions[session.id] = session
    surroundings.registry.add(session.sid, session.ticket)
    session.plan()
    return session
  }

  func remove(_ session: SocketSession) {
    sessions[session.id] = nil
    surroundings.registry.remove(session.sid)
    surroundings.census.close(address: session.handshake.address)
  }

  // MARK: Rooms

  func join(_ session: SocketSession, _ room: String) { rooms[room, default: SocketRoom()].add(session) }

  func leave(_ session: SocketSession, _ room: String) {
    rooms[room]?.remove(session.id)
    if rooms[room]?.isEmpty == true { rooms[room] = nil }
  }

  /// Gives each event to every socket that is in at least one of its rooms, once.
  ///
  /// The last one is written out socket by socket, with what waits before it: the first socket has it before the last
  /// one is even looked at, and nobody's memory is visited twice.
  func deliver(_ deliveries: [SocketShard.Delivery]) {
    let heard = deliveries.filter { $0.rooms.contains { rooms[$0] != nil } }
    for (position, delivery) in heard.enumerated() { deliver(delivery, atOnce: position == heard.count - 1) }
  }

  private func deliver(_ delivery: SocketShard.Delivery, atOnce: Bool) {
    deliveryNumber += 1
    // A copy of this loop's own: counting references to one that all loops share costs more than the bytes.
    let event = delivery.event.copied()
    for room in delivery.rooms {
      // The room as it is now: who is dropped meanwhile leaves another copy of it.
      rooms[room]?.forEach { session in
        guard session.lastDelivery != deliveryNumber else { return }
        session.lastDelivery = deliveryNumber
        session.deliver(event, atOnce: atOnce)
      }
    }
  }

  // MARK: Writing

  func needsFlush(_ session: SocketSession) { unflushed.append(session) }

  func flush() {
    while !unflushed.isEmpty {
      let sessions = unflushed
      unflushed.removeAll(keepingCapacity: true)
      for session in sessions { session.flush() }
    }
  }

  // MARK: Time

  func plan(_ session: SocketSession, at due: NIODeadline) { wheel.schedule(session.id.number, at: due) }

  /// Looks after every session that is due: pings, timeouts, expiry.
  func tick(now: NIODeadline) {
    for number in wheel.expire(at: now) { sessions[SocketID(number: number)]?.visit(now: now) }
  }
}
