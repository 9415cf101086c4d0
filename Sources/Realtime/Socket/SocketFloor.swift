import NIOCore

/// The sessions and rooms of one event loop; confined to that loop.
final class SocketFloor {
  let shard: SocketShard
  let surroundings: SocketSurroundings
  private(set) var sessions: [SocketID: SocketSession] = [:]
  private(set) var rooms: [String: [SocketID: SocketSession]] = [:]
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

  func join(_ session: SocketSession, _ room: String) { rooms[room, default: [:]][session.id] = session }

  func leave(_ session: SocketSession, _ room: String) {
    rooms[room]?[session.id] = nil
    if rooms[room]?.isEmpty == true { rooms[room] = nil }
  }

  /// Gives the event to every socket that is in at least one of the rooms, once.
  func deliver(_ delivery: SocketShard.Delivery) {
    deliveryNumber += 1
    for room in delivery.rooms {
      guard let members = rooms[room] else { continue }
      for session in members.values where session.lastDelivery != deliveryNumber {
        session.lastDelivery = deliveryNumber
        session.deliver(delivery.event)
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
