import Core
import NIOCore

/// One client's session: its transport, its place in the namespace, its rooms. Confined to its event loop.
final class SocketSession {
  let id: SocketID
  let sid: String
  let handshake: SocketHandshake
  let connectedAt: Timestamp
  unowned let floor: SocketFloor

  var life = TransportLife()
  var namespace = NamespaceLife()
  var heartbeat: Heartbeat
  var bucket: TokenBucket

  var link: WebSocketLink?
  var probe: WebSocketLink?
  var polling = PollingOutbox()
  var isPosting = false

  var socketSid = ""
  var identity: SocketIdentity?
  var rooms: Set<String> = []
  var subscriptions: [SocketSubscription] = []
  var waiting: [InboundEvent] = []
  var isHandling = false
  var recovery = Recovery()

  /// The number of the last delivery that reached this socket; makes a delivery to several rooms arrive once.
  var lastDelivery: UInt64 = 0
  /// Authenticate, upgrade, leave or fetch the last packets until then.
  var patience: NIODeadline?
  /// Closing, and the client was told so, upon which it leaves by itself; until it does, its GET waits for a while.
  var isLeaving = false
  private var plannedVisit = NIODeadline.distantFuture
  var isUnflushed = false

  init(id: SocketID, handshake: SocketHandshake, floor: SocketFloor) {
    self.id = id
    self.handshake = handshake
    self.floor = floor
    sid = SocketSession.randomId()
    let clock = floor.surroundings.clock
    let limits = floor.surroundings.limits
    let now = clock.uptime()
    connectedAt = clock.calendar()
    heartbeat = Heartbeat(interval: limits.pingInterval, timeout: limits.pingTimeout, now: now)
    bucket = TokenBucket(perSecond: limits.eventsPerSecond, burst: limits.eventBurst, now: now)
    patience = now + limits.authenticationTimeout
  }

  var limits: SocketLimits { floor.surroundings.limits }
  var handlers: SocketHandlers { floor.surroundings.handlers }
  var ticket: SocketTicket { SocketTicket(shard: floor.shard, id: id) }

  var info: SocketInfo {
    SocketInfo(
      id: id, connectedAt: connectedAt, address: handshake.address, userAgent: handshake.userAgent,
      transport: life.state == .websocket ? .websocket : .polling, userId: identity?.userId,
      sessionId: identity?.sessionId, hospitalId: identity?.hospitalId, rooms: rooms.sorted())
  }

  /// 120 random bits as 20 characters that need no escaping in a query.
  static func randomId() -> String {
    var random = SystemRandomNumberGenerator()
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    let characters = (0..<20).map { _ in alphabet[Int(random.next() & 63)] }
    return String(decoding: characters, as: UTF8.self)
  }

  /// Whether a text of the client may be such an id.
  static func isId(_ text: String) -> Bool {
    text.utf8.count == 20
      && text.utf8.allSatisfy { byte in
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
          || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      }
  }

  // MARK: Sending

  /// Queues one packet on whichever transport carries the session.
  func send(_ packet: ByteBuffer) { send(SharedFrame(packet)) }

  func send(_ frame: SharedFrame) {
    let fits: Bool
    switch life.state {
    case .websocket: fits = link?.write(frame.websocket) ?? true
    case .polling, .probing, .closing:
      fits = polling.append(frame.packet, maximumBytes: limits.maximumOutboundBytes)
    case .connecting, .closed: return
    }
    guard fits else { return close(.slowReader) }
    guard !isUnflushed else { return }
    isUnflushed = true
    floor.needsFlush(self)
  }

  func flush() {
    guard isUnflushed else { return }
    isUnflushed = false
    switch life.state {
    case .websocket: link?.flush()
    case .polling, .probing, .closing: polling.flush()
    case .connecting, .closed: return
    }
    endPolling()
  }

  func emit(_ name: String, _ payload: ByteBuffer) { send(SocketPacket.event(name, payload: payload)) }

  // MARK: Time

  func plan() {
    let now = floor.surroundings.clock.uptime()
    var due = life.state == .closing ? NIODeadline.distantFuture : heartbeat.due
    if let patience { due = min(due, patience) }
    if let expiry = identity?.expiresAt {
      // Looked at again after a day at the latest, so that a far date cannot overflow.
      let seconds = min(max(expiry.seconds(since: floor.surroundings.clock.calendar()), 0), 86_400)
      due = min(due, now + .milliseconds(Int64(seconds * 1000) + 1))
    }
    guard due != plannedVisit else { return }
    plannedVisit = due
    floor.plan(self, at: due)
  }

  func visit(now: NIODeadline) {
    // Plans that were overtaken by an earlier one still ring; only the latest counts.
    guard now >= plannedVisit else { return }
    plannedVisit = .distantFuture
    if let patience, now >= patience { patienceEnded() }
    guard life.state != .closed else { return }
    if let expiry = identity?.expiresAt, floor.surroundings.clock.calendar() >= expiry { askStanding() }
    if life.isOpen {
      switch heartbeat.step(at: now) {
      case .wait: break
      case .ping: send(EnginePacket(.ping).encoded)
      case .giveUp: return close(.pingTimeout)
      }
    }
    plan()
  }

  func last(until end: Timestamp?) {
    identity?.expiresAt = end
    plan()
  }

  /// The session's time is up, as it was known here: it has been used since, or this is its end.
  private func askStanding() {
    guard let asked = identity else { return }
    identity?.expiresAt = nil
    let handlers = self.handlers
    let ticket = self.ticket
    Task {
      let standing = await handlers.standing(asked)
      ticket.perform { $0.toldStanding(standing, of: asked) }
    }
  }

  private func toldStanding(_ standing: SocketStanding, of asked: SocketIdentity) {
    // A fresh token may have been shown meanwhile.
    guard let identity, identity.token == asked.token, identity.expiresAt == nil else { return }
    switch standing {
    case .stands(let until): last(until: until)
    case .over where identity.isFollower: endFollowing()
    case .over:
      refuseAuthentication(SocketRefusal("The session has expired.", code: "UNAUTHORIZED"), closing: .expired)
    }
  }

  private func patienceEnded() {
    patience = nil
    if life.state == .closing { return closingPatienceEnded() }
    if life.state == .probing { dropProbe() }
    guard identity == nil else { return }
    switch namespace.state {
    case .idle, .joining: close(.authenticationMissing)
    default:
      refuseAuthentication(
        SocketRefusal("Nobody signed in in time.", code: "UNAUTHORIZED"),
        closing: .authenticationMissing)
    }
  }
}
