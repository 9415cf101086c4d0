package import Core
package import NIOCore

/// All sockets of this process: opens them, keeps rooms, and delivers events.
///
/// Each event loop owns the sockets that were opened on it. An event is encoded once and costs each loop one wake-up;
/// a socket that is in several of its rooms receives it once.
package final class SocketHub: Sendable {
  package let limits: SocketLimits
  let shards: [SocketShard]
  private let shardIndex: [ObjectIdentifier: Int]
  private let surroundings: SocketSurroundings

  package init(
    eventLoops: [any EventLoop], handlers: SocketHandlers, limits: SocketLimits = SocketLimits(), clock: SocketClock
  ) {
    self.limits = limits
    let surroundings = SocketSurroundings(handlers: handlers, limits: limits, clock: clock)
    self.surroundings = surroundings
    shards = eventLoops.map { SocketShard(eventLoop: $0, surroundings: surroundings) }
    var index: [ObjectIdentifier: Int] = [:]
    for (position, loop) in eventLoops.enumerated() { index[ObjectIdentifier(loop)] = position }
    shardIndex = index
  }

  // MARK: Events and rooms

  /// Delivers the event to every socket in at least one of the rooms, once each. Returns at once; order is kept.
  package func emit(_ event: SocketEvent, rooms: [String]) {
    guard !rooms.isEmpty, surroundings.census.total > 0 else { return }
    let delivery = SocketShard.Delivery(event: EncodedEvent(event), rooms: rooms)
    for shard in shards { shard.enqueue(delivery) }
  }

  /// Waits until every loop has room for more; whoever emits many events asks between them.
  package func hasRoom() async {
    for shard in shards where shard.isFull { await shard.submit { _ in } }
  }

  /// Puts every authenticated socket that matches into the room.
  package func join(_ room: String, where matches: @escaping @Sendable (SocketIdentity) -> Bool) {
    everySession { session in
      if let identity = session.identity, matches(identity) { session.join(room) }
    }
  }

  package func leave(_ room: String, where matches: @escaping @Sendable (SocketIdentity) -> Bool) {
    everySession { session in
      if let identity = session.identity, matches(identity) { session.leave(room) }
    }
  }

  /// Says when the session of every authenticated socket that matches ends.
  package func last(until end: Timestamp?, where matches: @escaping @Sendable (SocketIdentity) -> Bool) {
    everySession { session in
      if let identity = session.identity, matches(identity) { session.last(until: end) }
    }
  }

  /// Closes the transport of every authenticated socket that matches by who it is and its rooms, without a DISCONNECT:
  /// the client comes back, and what it subscribed to is decided anew.
  package func sendAway(where matches: @escaping @Sendable (SocketIdentity, Set<String>) -> Bool) {
    everySession { session in
      if let identity = session.identity, matches(identity, session.rooms) { session.close(.replaced) }
    }
  }

  /// Ends every authenticated socket that matches, such as those of a revoked session, and what is kept for its return.
  /// The number of sockets that were ended.
  @discardableResult
  package func disconnect(
    _ reason: SocketCloseReason, where matches: @escaping @Sendable (_ userId: String, _ sessionId: String) -> Bool
  ) async -> Int {
    surroundings.registry.forgetDropped { matches($0.userId, $0.sessionId) }
    var count = 0
    for shard in shards {
      count += await shard.submit { floor in
        let found = floor.sessions.values.filter { session in
          session.identity.map { matches($0.userId, $0.sessionId) } ?? false
        }
        for session in found { session.close(reason) }
        return found.count
      }
    }
    return count
  }

  // MARK: Listing

  /// Open sockets, authenticated or not.
  package var count: Int { surroundings.census.total }
  /// People with at least one socket here.
  package var peopleCount: Int { surroundings.census.people }

  /// Everything that is known about every open socket, oldest first.
  package func list() async -> [SocketInfo] {
    var all: [SocketInfo] = []
    for shard in shards { all += await shard.submit { $0.sessions.values.map(\.info) } }
    return all.sorted { $0.id.number < $1.id.number }
  }

  package func members(of room: String) async -> [SocketInfo] {
    var all: [SocketInfo] = []
    for shard in shards { all += await shard.submit { ($0.rooms[room]?.members ?? []).map(\.info) } }
    return all.sorted { $0.id.number < $1.id.number }
  }

  // MARK: Life

  /// Often enough that a socket ends within a second of its session.
  private static let tickInterval: TimeAmount = .milliseconds(200)

  /// Looks after the sockets five times a second, on each loop, until the returned closure is called.
  package func startTicking() -> @Sendable () -> Void {
    let tasks = shards.map { shard in
      shard.eventLoop.scheduleRepeatedTask(initialDelay: Self.tickInterval, delay: Self.tickInterval) { _ in
        shard.perform { $0.tick(now: $0.surroundings.clock.uptime()) }
      }
    }
    let sweep = shards.first?.eventLoop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in
      let now = self.surroundings.clock.uptime()
      self.surroundings.registry.forgetDropped { $0.until <= now }
    }
    return {
      for task in tasks { task.cancel() }
      sweep?.cancel()
    }
  }

  /// Does what a tick does, at the injected clock's time; for tests.
  package func tick() async {
    for shard in shards { await shard.submit { $0.tick(now: $0.surroundings.clock.uptime()) } }
  }

  /// Closes every transport without a DISCONNECT packet, so that clients come back (to another node, or to the next
  /// version).
  package func shutDown() async {
    for shard in shards {
      await shard.submit { floor in
        for session in floor.sessions.values { session.close(.shuttingDown) }
      }
    }
  }

  private func everySession(_ body: @escaping @Sendable (SocketSession) -> Void) {
    for shard in shards {
      shard.eventLoop.execute {
        shard.perform { floor in
          for session in floor.sessions.values { body(session) }
        }
      }
    }
  }

  /// The shard of a channel's own loop, so that its frames need no hop; the first for a loop that is not ours.
  func shard(for loop: any EventLoop) -> SocketShard { shards[shardIndex[ObjectIdentifier(loop)] ?? 0] }

  func ticket(_ sid: String) -> SocketTicket? { surroundings.registry.find(sid) }
}
