import NIOCore

/// What a socket knows about coming back after a drop.
struct Recovery {
  /// The private id by which the client will ask; nil for clients that take no part.
  var pid: String?
  /// Events held back while those that were missed are looked up; nil outside of that.
  var held: [EncodedEvent]?
  /// Up to here the client has everything; a node that lags behind may still deliver some of it. Nil once past it.
  var told: EventOffset?
}

// CONNECT: the token, and what was missed.
extension SocketSession {
  /// What a client may put into the payload of its CONNECT packet.
  private struct Request: Sendable {
    var token: String?
    var pid: String?
    var offset: String?
    var recovery: Bool?

    init(_ payload: ByteBuffer?) {
      guard let payload, let members = JSONScanner.members(of: payload) else { return }
      token = members["token"].flatMap(JSONText.string)
      pid = members["pid"].flatMap(JSONText.string)
      offset = members["offset"].flatMap(JSONText.string)
      recovery = members["recovery"].flatMap { value in
        value == ByteBuffer(staticString: "true") ? true : value == ByteBuffer(staticString: "false") ? false : nil
      }
    }
  }

  func connect(_ payload: ByteBuffer?) {
    let request = Request(payload)
    socketSid = Self.randomId()
    if takesPartInRecovery(request) { recovery.pid = Self.randomId() }
    guard let token = request.token ?? handshake.bearer ?? handshake.cookie else { return admitGuest() }
    // A cookie comes by itself; one that has run out must not keep the client from signing in by event.
    let isAmbient = request.token == nil && handshake.bearer == nil
    Self.start(ticket, request, token: token, handshake, isAmbient: isAmbient, handlers)
  }

  private static func start(
    _ ticket: SocketTicket, _ request: Request, token: String, _ handshake: SocketHandshake, isAmbient: Bool,
    _ handlers: SocketHandlers
  ) {
    Task { await proceed(ticket, request, token: token, handshake, isAmbient: isAmbient, handlers) }
  }

  private static func proceed(
    _ ticket: SocketTicket, _ request: Request, token: String, _ handshake: SocketHandshake, isAmbient: Bool,
    _ handlers: SocketHandlers
  ) async {
    let result = await handlers.authenticate(token, handshake)
    switch result {
    case .failure(let refusal):
      if isAmbient { ticket.perform { $0.admitGuest() } } else { ticket.perform { $0.refuseConnect(refusal) } }
    case .success(let identity):
      guard let pid = request.pid, let offset = request.offset else {
        return ticket.perform { $0.welcome(identity) }
      }
      await recover(ticket, identity, pid: pid, offset: offset, handlers)
    }
  }

  /// JavaScript clients take an extra last argument without harm; others (python-socketio hands it to the handler,
  /// which then fails) only when they ask.
  private func takesPartInRecovery(_ request: Request) -> Bool {
    if let wanted = request.recovery { return wanted }
    return request.pid != nil || handshake.userAgent.hasPrefix("Mozilla/")
      || handshake.userAgent.hasPrefix("node-XMLHttpRequest")
  }

  private func admitGuest() {
    guard namespace.move(.admitGuest) else { return }
    reply()
  }

  private func reply() {
    if let pid = recovery.pid { floor.surroundings.registry.watch(pid, ticket) }
    send(SocketPacket.connected(sid: socketSid, pid: recovery.pid))
  }

  private func refuseConnect(_ refusal: SocketRefusal) {
    guard namespace.move(.refuse) else { return }
    send(SocketPacket.connectError(refusal.message, code: refusal.code))
    close(refusal == .tooManySockets ? .tooManySockets : .authenticationFailed)
  }

  private func welcome(_ identity: SocketIdentity) {
    guard namespace.state == .joining else { return }
    switch admit(identity) {
    case .success: reply()
    case .failure(let refusal): refuseConnect(refusal)
    }
  }

  // MARK: Recovery

  /// Rooms first, with their events held back; then what was missed; then what was held, each event once.
  private static func recover(
    _ ticket: SocketTicket, _ identity: SocketIdentity, pid: String, offset: String, _ handlers: SocketHandlers
  ) async {
    let registry = await ticket.shard.submit { $0.surroundings.registry }
    let now = await ticket.shard.submit { $0.surroundings.clock.uptime() }
    // The client noticed the broken line before the server did.
    if let old = registry.liveSocket(pid), old.id != ticket.id {
      _ = await old.submit { session in
        if session.identity?.userId == identity.userId { session.close(.replaced) }
      }
    }
    let here = registry.take(pid, userId: identity.userId, now: now)
    guard let place = known(here, await handlers.memory.recall(pid, identity.userId)) else {
      return ticket.perform { $0.welcome(identity) }
    }
    var subscriptions: [SocketSubscription] = []
    for old in place.subscriptions {
      // Rights may have changed while the client was away.
      guard case .success(let rooms) = await handlers.subscribe(identity, old.event, old.arguments) else { continue }
      subscriptions.append(SocketSubscription(event: old.event, arguments: old.arguments, rooms: rooms))
    }
    let restored = subscriptions
    let admitted = await ticket.submit { $0.beginRecovery(identity, restored) }
    guard admitted else { return }
    let rooms = Set(identity.rooms + restored.flatMap(\.rooms))
    let missed = await handlers.replay(rooms, offset)
    ticket.perform { $0.completeRecovery(pid, place, missed, after: offset) }
  }

  /// What all nodes know comes first: since it left this one, the client may have been at another.
  private static func known(_ here: SocketRegistry.Dropped?, _ anywhere: SocketRecall) -> SocketPlace? {
    let own = here.map { SocketPlace(sid: $0.socketSid, subscriptions: $0.subscriptions) }
    switch anywhere {
    case .found(let place): return place
    case .nothing: return own?.subscriptions.isEmpty == true ? own : nil
    case .unknown: return own
    }
  }

  private func beginRecovery(_ identity: SocketIdentity, _ restored: [SocketSubscription]) {
    guard namespace.state == .joining else { return }
    recovery.held = []
    if case .failure(let refusal) = admit(identity) { return refuseConnect(refusal) }
    for subscription in restored {
      for room in subscription.rooms { join(room) }
      remember(subscription)
    }
  }

  private func completeRecovery(
    _ pid: String, _ place: SocketPlace, _ missed: [SocketEvent]?, after offset: String
  ) {
    guard let held = recovery.held, namespace.isConnected else { return }
    recovery.held = nil
    guard let missed else {
      // Fresh: the client subscribes and reads anew, so it must start without the old subscriptions.
      subscriptions.removeAll()
      let own = Set(identity?.rooms ?? [])
      for room in rooms.subtracting(own) { leave(room) }
      return reply()
    }
    socketSid = place.sid
    recovery.pid = pid
    reply()
    for event in missed { send(EncodedEvent(event).numbered) }
    let replayed = Set(missed.compactMap(\.offset))
    recovery.told = EventOffset(missed.last?.offset ?? offset)
    for event in held where !isTold(event) && event.offset.map({ !replayed.contains($0) }) ?? true {
      send(event.numbered)
    }
  }

  /// Whether the client had the event before it came back. A hospital's events come in order.
  private func isTold(_ event: EncodedEvent) -> Bool {
    guard let told = recovery.told, let place = event.offset.flatMap(EventOffset.init),
      place.hospital == told.hospital
    else { return false }
    if place.number <= told.number { return true }
    recovery.told = nil
    return false
  }

  /// An event for one of this socket's rooms; `atOnce` writes it out, and what waits before it.
  func deliver(_ event: EncodedEvent, atOnce: Bool = false) {
    guard recovery.held == nil else {
      recovery.held?.append(event)
      if (recovery.held?.count ?? 0) > 10_000 { close(.slowReader) }
      return
    }
    if recovery.told != nil, isTold(event) { return }
    let isPlain = recovery.pid == nil
    guard atOnce, life.state == .websocket, let link else { return send(isPlain ? event.plain : event.numbered) }
    isUnflushed = false
    if !link.send(isPlain ? event.plain.websocket : event.numbered.websocket) { close(.slowReader) }
  }
}
