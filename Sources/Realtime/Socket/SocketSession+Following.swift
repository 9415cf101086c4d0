import NIOCore

// A socket without a person: `track-queue {token}` opens the one room of a ticket, and nothing else.
//
// It takes no part in recovery: its client says `track-queue` again each time that it is connected, and is told how it
// stands then.
extension SocketSession {
  func track(_ event: InboundEvent) {
    if let identity, !identity.isFollower {
      return refuse(
        event, SocketRefusal("You are signed in. Follow a line on a connection of its own.", code: "FORBIDDEN"))
    }
    guard let members = event.arguments.first.flatMap({ JSONScanner.members(of: $0) }),
      let token = members["token"].flatMap(JSONText.string), namespace.move(.auth)
    else { return refuseTicket(event, SocketRefusal("A token is needed.", code: "BAD_REQUEST")) }
    let handlers = self.handlers
    let ticket = self.ticket
    run {
      let follower: SocketIdentity
      switch await handlers.follow(token) {
      case .failure(let refusal): return { $0.refuseTicket(event, refusal) }
      case .success(let found): follower = found
      }
      // In the room first, with its events held back, so that none is missed between the answer and the room.
      guard await ticket.submit({ $0.beginFollowing(event, follower) }) else { return { _ in } }
      let place = await handlers.place(follower)
      return { $0.follow(event, follower, place) }
    }
  }

  private func beginFollowing(_ event: InboundEvent, _ follower: SocketIdentity) {
    guard namespace.state == .proving || namespace.state == .renewing else { return }
    if let pid = recovery.pid { floor.surroundings.registry.forget(pid) }
    recovery = Recovery()
    recovery.held = []
    if case .failure(let refusal) = admit(follower) {
      recovery.held = nil
      refuseTicket(event, refusal)
    }
  }

  private func follow(
    _ event: InboundEvent, _ follower: SocketIdentity, _ place: Result<SocketEvent, SocketRefusal>
  ) {
    guard identity == follower, let held = recovery.held, namespace.isConnected else { return }
    recovery.held = nil
    switch place {
    case .failure(let refusal): refuseTicket(event, refusal)
    case .success(let first):
      if let ackId = event.ackId { send(SocketPacket.ack(ackId, payload: Self.accepted)) }
      emit(first.name, first.payload)
      for event in held { send(event.plain) }
    }
  }

  /// The events of who holds a ticket and is nobody.
  func handle(_ event: InboundEvent, of follower: SocketIdentity) {
    guard event.name == "untrack-queue" else { return refuse(event, .unauthorized) }
    for room in follower.rooms { leave(room) }
    if let ackId = event.ackId { send(SocketPacket.ack(ackId, payload: Self.accepted)) }
  }

  /// The ticket is over.
  func endFollowing() {
    let refusal = SocketRefusal.oldTicket
    emit(
      "socket:error", JSONText.object(["event": "track-queue", "error": refusal.message, "code": refusal.code]))
    close(.expired)
  }

  private func refuseTicket(_ event: InboundEvent, _ refusal: SocketRefusal) {
    refuse(event, refusal)
    close(.authenticationFailed)
  }
}
