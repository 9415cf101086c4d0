import NIOCore
import Synchronization

/// What all shards share; everything in it is safe from any thread.
struct SocketSurroundings: Sendable {
  let handlers: SocketHandlers
  let limits: SocketLimits
  let census = SocketCensus()
  let registry = SocketRegistry()
  let clock: SocketClock
  let nextNumber = SocketNumbers()
}

/// Hands out socket numbers.
final class SocketNumbers: Sendable {
  private let next = Atomic<UInt64>(1)
  func take() -> SocketID { SocketID(number: next.wrappingAdd(1, ordering: .relaxed).oldValue) }
}

/// The sockets of one event loop. Their state is touched on that loop only, so no lock is held while delivering.
final class SocketShard: Sendable {
  /// One event on its way to rooms, encoded already.
  struct Delivery: Sendable {
    let event: EncodedEvent
    let rooms: [String]
    var bytes: Int { event.plain.websocket.readableBytes }
  }

  private struct Inbox {
    var deliveries: [Delivery] = []
    var bytes = 0
    var isScheduled = false
  }

  let eventLoop: any EventLoop
  private let surroundings: SocketSurroundings
  private let inbox = Mutex(Inbox())
  private let floor: NIOLoopBoundBox<SocketFloor?>

  init(eventLoop: any EventLoop, surroundings: SocketSurroundings) {
    self.eventLoop = eventLoop
    self.surroundings = surroundings
    floor = .makeEmptyBox(eventLoop: eventLoop)
  }

  /// Runs on the loop with the sockets, then writes out what was queued. Must be called on the loop.
  func perform<Result>(_ body: (SocketFloor) -> Result) -> Result {
    let floor = self.floor.value ?? SocketFloor(shard: self, surroundings: surroundings)
    self.floor.value = floor
    defer { floor.flush() }
    return body(floor)
  }

  /// Queues an event for this loop's sockets. A burst of events costs one wake-up and one flush per socket.
  func enqueue(_ delivery: Delivery) {
    let isFirst = inbox.withLock { inbox in
      inbox.deliveries.append(delivery)
      inbox.bytes += delivery.bytes
      defer { inbox.isScheduled = true }
      return !inbox.isScheduled
    }
    if isFirst { eventLoop.execute { self.drain() } }
  }

  /// Whether more waits than is allowed, because the loop does not keep up.
  var isFull: Bool { inbox.withLock { $0.bytes } > surroundings.limits.maximumInboxBytes }

  private func drain() {
    let deliveries = inbox.withLock { inbox in
      defer { inbox.deliveries.removeAll() }
      inbox.bytes = 0
      inbox.isScheduled = false
      return inbox.deliveries
    }
    perform { $0.deliver(deliveries) }
  }

  func submit<Result: Sendable>(_ body: @escaping @Sendable (SocketFloor) -> Result) async -> Result {
    await withCheckedContinuation { continuation in
      eventLoop.execute { continuation.resume(returning: self.perform(body)) }
    }
  }
}

/// One event in the forms that clients take; made once for all of them.
struct EncodedEvent: Sendable {
  let offset: String?
  let plain: SharedFrame
  /// With the offset as an extra last argument, for clients that take part in recovery.
  let numbered: SharedFrame

  init(_ event: SocketEvent) {
    offset = event.offset
    plain = SharedFrame(SocketPacket.event(event.name, payload: event.payload))
    numbered =
      event.offset.map {
        SharedFrame(SocketPacket.event(event.name, payload: event.payload, offset: $0))
      } ?? plain
  }

  private init(copying other: EncodedEvent) {
    offset = other.offset
    plain = SharedFrame(copying: other.plain)
    numbered = SharedFrame(copying: other.numbered)
  }

  /// The same in memory of its own.
  func copied() -> EncodedEvent { EncodedEvent(copying: self) }
}

/// A way to one session from any thread; does nothing once the session is gone.
struct SocketTicket: Sendable {
  let shard: SocketShard
  let id: SocketID

  func perform(_ body: @escaping @Sendable (SocketSession) -> Void) {
    shard.eventLoop.execute { performInLoop(body) }
  }

  func performInLoop(_ body: (SocketSession) -> Void) {
    shard.perform { floor in
      if let session = floor.sessions[id] { body(session) }
    }
  }

  /// Like `perform`, and waits until it is done; false when the session was gone.
  func submit(_ body: @escaping @Sendable (SocketSession) -> Void) async -> Bool {
    await shard.submit { floor in
      guard let session = floor.sessions[id] else { return false }
      body(session)
      return true
    }
  }
}
