import NIOCore

extension SocketSession {
  /// Ends the session: leaves every room, tells the client what it should know, and closes the transport.
  func close(_ reason: SocketCloseReason) {
    guard life.isOpen || life.state == .connecting else {
      if life.state == .closing { finish() }
      return
    }
    let wasConnected = namespace.isConnected
    let wasRefused = namespace.state == .closed
    keepForRecovery(reason)
    leaveNamespace(.close, reason)
    let farewell = reason.saysDisconnect && wasConnected ? [SocketPacket.disconnected] : []
    probe?.abort()
    probe = nil
    if life.state == .websocket {
      switch reason {
      case .slowReader, .transportClosed: link?.abort()
      default:
        link?.close(last: farewell.map { SharedFrame($0).websocket }, code: reason.websocketCode)
      }
      return finish()
    }
    closePolling(reason, farewell, leavesByItself: wasRefused || !farewell.isEmpty)
  }

  private func closePolling(_ reason: SocketCloseReason, _ farewell: [ByteBuffer], leavesByItself: Bool) {
    if reason == .shuttingDown {
      polling.refuse(.shuttingDown)
      return finish()
    }
    if reason == .clientLeft || reason == .replaced {
      polling.release()
      return finish()
    }
    if reason == .slowReader { _ = polling.takeAll() }
    for packet in farewell { _ = polling.append(packet, maximumBytes: .max) }
    guard reason != .transportClosed, reason != .pingTimeout, life.move(.drain) else { return finish() }
    // What no GET has fetched yet ("your token is invalid") comes first, and the end with another one.
    polling.flush()
    // Client libraries leave by themselves once they hear DISCONNECT or CONNECT_ERROR. One that hears the end while it
    // is leaving closes twice, and python-engineio then waits a minute for itself.
    if leavesByItself {
      isLeaving = true
      return awaitGoodbye()
    }
    awaitLastGet()
  }

  /// The client leaves by itself once it has fetched why, or is told the end, or is forgotten.
  func awaitGoodbye() {
    let time = polling.packets.isEmpty ? limits.farewellTime : limits.upgradeTimeout
    patience = floor.surroundings.clock.uptime() + time
    plan()
  }

  /// The client gets the end with the GET that waits or comes, or is forgotten.
  private func awaitLastGet() {
    isLeaving = false
    endPolling()
    guard life.state == .closing else { return }
    patience = floor.surroundings.clock.uptime() + limits.upgradeTimeout
    plan()
  }

  /// A closing session's time is up.
  func closingPatienceEnded() {
    if isLeaving && polling.packets.isEmpty { awaitLastGet() } else { finish() }
  }

  /// Tells the waiting GET the end, once everything before it was fetched and the client has had time to leave.
  func endPolling() {
    guard life.state == .closing, !isLeaving, polling.packets.isEmpty, polling.waiter != nil else { return }
    _ = polling.append(EnginePacket(.close).encoded, maximumBytes: .max)
    polling.flush()
    finish()
  }

  func finish() {
    guard life.move(.close) else { return }
    polling.refuse(.unknownSession)
    waiting.removeAll()
    link = nil
    floor.remove(self)
  }

  /// Leaves all rooms and gives back what the person counted for.
  func leaveNamespace(_ move: NamespaceLife.Move, _ reason: SocketCloseReason) {
    _ = namespace.move(move)
    for room in rooms { floor.leave(self, room) }
    rooms.removeAll()
    if let pid = recovery.pid, !reason.isRecoverable { forget(pid) }
    subscriptions.removeAll()
    waiting.removeAll()
    recovery = Recovery()
    guard let identity else { return }
    self.identity = nil
    floor.surroundings.census.dismiss(userId: identity.userId, address: handshake.address)
    if !identity.isFollower { handlers.onPresence(.left(id, identity, reason)) }
  }

  /// On every node, if others know of it.
  private func forget(_ pid: String) {
    floor.surroundings.registry.forget(pid)
    guard !subscriptions.isEmpty, let identity else { return }
    let memory = handlers.memory
    Task { await memory.forget(pid, identity.userId) }
  }

  private func keepForRecovery(_ reason: SocketCloseReason) {
    guard reason.isRecoverable, let pid = recovery.pid, let identity else { return }
    let dropped = SocketRegistry.Dropped(
      socketSid: socketSid, userId: identity.userId, sessionId: identity.sessionId, subscriptions: subscriptions,
      until: floor.surroundings.clock.uptime() + limits.recoveryWindow)
    floor.surroundings.registry.keep(pid, dropped, limit: limits.maximumRecoverable)
  }
}
