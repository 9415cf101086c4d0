import NIOCore

// Events of the client, one at a time.
extension SocketSession {
  func enqueue(_ event: InboundEvent) {
    guard waiting.count < limits.maximumWaitingEvents else { return close(.rateLimited) }
    waiting.append(event)
    handleNext()
  }

  private func handleNext() {
    while !isHandling, life.isOpen, !waiting.isEmpty { handle(waiting.removeFirst()) }
  }

  /// Runs work that may wait; the session handles no other event until `finish` has run on its loop.
  func run(_ work: @escaping @Sendable () async -> @Sendable (SocketSession) -> Void) {
    isHandling = true
    let ticket = self.ticket
    Task {
      let finish = await work()
      ticket.perform { session in
        session.isHandling = false
        finish(session)
        session.handleNext()
      }
    }
  }

  private func handle(_ event: InboundEvent) {
    if event.name == "auth" { return authenticate(event) }
    if event.name == "track-queue" { return track(event) }
    guard let identity else { return refuse(event, .unauthorized) }
    if identity.isFollower { return handle(event, of: identity) }
    let handlers = self.handlers
    if event.name.hasPrefix("subscribe:") {
      let keep = keeper(identity)
      run {
        var result = await handlers.subscribe(identity, event.name, event.arguments)
        if case .success(let rooms) = result {
          let new = SocketSubscription(event: event.name, arguments: event.arguments, rooms: rooms)
          // Before the client hears of it: another node must not give it back less than it was told it has.
          if !(await keep { $0.add(new) }) { result = .failure(.notReady) }
        }
        return { [result] in $0.subscribed(event, identity, result) }
      }
    } else if event.name.hasPrefix("unsubscribe:") {
      let keep = keeper(identity)
      run {
        let isKept = await keep { $0.remove(event.unsubscribed, event.arguments) }
        return { session in
          if isKept { session.unsubscribe(event) } else { session.refuse(event, .notReady) }
        }
      }
    } else {
      let client = SocketClient(ticket: ticket, identity: identity)
      run {
        let answer = await handlers.onEvent(client, event.name, event.arguments)
        return { session in
          if let ackId = event.ackId { session.send(SocketPacket.ack(ackId, payload: answer)) }
        }
      }
    }
  }

  // MARK: auth

  private func authenticate(_ event: InboundEvent) {
    guard let argument = event.arguments.first, let members = JSONScanner.members(of: argument),
      let token = members["token"].flatMap(JSONText.string), namespace.move(.auth)
    else {
      acknowledge(event, SocketRefusal("A token is needed.", code: "BAD_REQUEST"))
      return refuseAuthentication(
        SocketRefusal("A token is needed.", code: "BAD_REQUEST"), closing: .authenticationFailed)
    }
    let handlers = self.handlers
    let handshake = self.handshake
    run {
      let result = await handlers.authenticate(token, handshake)
      return { $0.authenticated(event, result) }
    }
  }

  private func authenticated(_ event: InboundEvent, _ result: Result<SocketIdentity, SocketRefusal>) {
    switch result.flatMap(admit) {
    case .success(let identity):
      if let ackId = event.ackId { send(SocketPacket.ack(ackId, payload: Self.accepted)) }
      emit("auth:success", JSONText.object(["userId": identity.userId]))
    case .failure(let refusal):
      acknowledge(event, refusal)
      let reason: SocketCloseReason = refusal == .tooManySockets ? .tooManySockets : .authenticationFailed
      refuseAuthentication(refusal, closing: reason)
    }
  }

  /// Takes the person in: counts, rooms, presence. A socket never changes from one person to another.
  func admit(_ new: SocketIdentity) -> Result<SocketIdentity, SocketRefusal> {
    if let identity, identity.userId != new.userId {
      return .failure(SocketRefusal("The token is somebody else's.", code: "FORBIDDEN"))
    }
    let isNew = identity == nil
    let census = floor.surroundings.census
    if isNew, !census.admit(userId: new.userId, address: handshake.address, limits: limits) {
      return .failure(.tooManySockets)
    }
    guard namespace.move(.accept) else {
      if isNew { census.dismiss(userId: new.userId, address: handshake.address) }
      return .failure(.unauthorized)
    }
    for room in identity?.rooms ?? [] where !new.rooms.contains(room) { leave(room) }
    identity = new
    for room in new.rooms { join(room) }
    patience = nil
    plan()
    if isNew, !new.isFollower { handlers.onPresence(.joined(id, new)) }
    return .success(new)
  }

  func refuseAuthentication(_ refusal: SocketRefusal, closing reason: SocketCloseReason) {
    if namespace.isConnected {
      emit("auth:error", JSONText.object(["message": refusal.message, "code": refusal.code]))
    }
    close(reason)
  }

  // MARK: subscribe

  private func subscribed(
    _ event: InboundEvent, _ asker: SocketIdentity, _ result: Result<[String], SocketRefusal>
  ) {
    // Between question and answer the person may have gone.
    guard let identity, identity.userId == asker.userId else { return refuse(event, .unauthorized) }
    switch result {
    case .failure(let refusal): refuse(event, refusal)
    case .success(let rooms):
      guard self.rooms.union(rooms).count <= limits.maximumRoomsPerSocket else {
        return refuse(event, .tooManyRooms)
      }
      for room in rooms { join(room) }
      remember(SocketSubscription(event: event.name, arguments: event.arguments, rooms: rooms))
      if let ackId = event.ackId { send(SocketPacket.ack(ackId, payload: Self.accepted)) }
    }
  }

  func remember(_ subscription: SocketSubscription) {
    subscriptions.add(subscription)
    if subscriptions.count > limits.maximumRoomsPerSocket { subscriptions.removeFirst() }
  }

  /// Keeps the subscriptions as they will be, for all nodes; true at once for a client that takes no part in recovery.
  private func keeper(
    _ identity: SocketIdentity
  ) -> @Sendable (_ change: @Sendable (inout [SocketSubscription]) -> Void) async -> Bool {
    guard let pid = recovery.pid else { return { _ in true } }
    let memory = handlers.memory
    let before = SocketPlace(sid: socketSid, subscriptions: subscriptions)
    return { change in
      var place = before
      change(&place.subscriptions)
      return await memory.keep(pid, identity.userId, place)
    }
  }

  private func unsubscribe(_ event: InboundEvent) {
    let ending = subscriptions.remove(event.unsubscribed, event.arguments)
    let kept = Set(subscriptions.flatMap(\.rooms) + (identity?.rooms ?? []))
    for room in ending.flatMap(\.rooms) where !kept.contains(room) { leave(room) }
    if let ackId = event.ackId { send(SocketPacket.ack(ackId, payload: Self.accepted)) }
  }

  // MARK: answers

  static var accepted: ByteBuffer { ByteBuffer(staticString: "{\"ok\":true}") }

  /// Tells a refusal by acknowledgement, or by an event when none was asked for.
  func refuse(_ event: InboundEvent, _ refusal: SocketRefusal) {
    guard event.ackId == nil else { return acknowledge(event, refusal) }
    let name = event.name.hasPrefix("subscribe:") ? "subscribe:error" : "socket:error"
    emit(name, JSONText.object(["event": event.name, "error": refusal.message, "code": refusal.code]))
  }

  func acknowledge(_ event: InboundEvent, _ refusal: SocketRefusal) {
    guard let ackId = event.ackId else { return }
    var payload = ByteBuffer(staticString: "{\"ok\":false,\"error\":")
    JSONText.write(refusal.message, into: &payload)
    payload.writeStaticString(",\"code\":")
    JSONText.write(refusal.code, into: &payload)
    payload.writeStaticString("}")
    send(SocketPacket.ack(ackId, payload: payload))
  }

  // MARK: rooms

  func join(_ room: String) {
    guard life.isOpen, namespace.isConnected || namespace.state == .joining, rooms.insert(room).inserted else { return }
    floor.join(self, room)
  }

  func leave(_ room: String) {
    guard rooms.remove(room) != nil else { return }
    floor.leave(self, room)
  }
}

extension InboundEvent {
  /// The subscription that an `unsubscribe:…` event ends.
  fileprivate var unsubscribed: String { "subscribe:" + name.dropFirst("unsubscribe:".count) }
}

extension [SocketSubscription] {
  fileprivate mutating func add(_ new: SocketSubscription) {
    removeAll { $0.event == new.event && $0.rooms == new.rooms }
    append(new)
  }

  @discardableResult
  fileprivate mutating func remove(_ event: String, _ arguments: [ByteBuffer]) -> [SocketSubscription] {
    defer { removeAll { $0.event == event && $0.arguments == arguments } }
    return filter { $0.event == event && $0.arguments == arguments }
  }
}
