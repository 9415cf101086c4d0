import NIOCore

// What the two transports bring in.
extension SocketSession {
  /// The open packet: session id, upgrades, timings and the largest payload (Engine.IO 4, "Handshake").
  func openPacket(upgrades: Bool) -> ByteBuffer {
    ByteBuffer(
      string: """
        0{"sid":"\(sid)","upgrades":\(upgrades ? "[\"websocket\"]" : "[]"),\
        "pingInterval":\(limits.pingInterval.nanoseconds / 1_000_000),\
        "pingTimeout":\(limits.pingTimeout.nanoseconds / 1_000_000),"maxPayload":\(limits.maximumPayloadBytes)}
        """)
  }

  // MARK: Polling

  func poll(_ promise: EventLoopPromise<PollAnswer>) {
    guard life.usesPolling else { return promise.succeed(.wrongTransport) }
    guard polling.wait(promise) else {
      promise.succeed(.overlap)
      return close(.protocolError)
    }
    if life.state == .closing {
      let hadPackets = !polling.packets.isEmpty
      polling.flush()
      return isLeaving && hadPackets ? awaitGoodbye() : endPolling()
    }
    // While the client is moving to WebSocket no GET may hang, or it could never finish the move.
    if life.state == .probing { polling.release() } else { polling.flush() }
  }

  func post(_ body: ByteBuffer) -> PollAnswer {
    guard life.usesPolling else { return .wrongTransport }
    let packets: [EnginePacket]
    do {
      packets = try EnginePacket.payload(body)
    } catch {
      refuse(binary: error == .binary)
      return .badPacket
    }
    if life.state == .closing {
      // What a client says after it was told to go is taken and forgotten, but for its own goodbye.
      if packets.contains(where: { $0.kind == .close }) {
        polling.release()
        finish()
      }
      return .accepted
    }
    for packet in packets where life.isOpen { receive(packet) }
    return .accepted
  }

  // MARK: WebSocket

  func open(_ link: WebSocketLink) {
    guard life.move(.openWebSocket) else { return link.abort() }
    self.link = link
    send(openPacket(upgrades: false))
  }

  /// A second transport knocks: it may take over once it has proved that packets pass both ways.
  func offer(_ link: WebSocketLink) {
    guard life.move(.probe) else { return link.close(last: [], code: 1008) }
    probe = link
    let end = floor.surroundings.clock.uptime() + limits.upgradeTimeout
    patience = min(patience ?? end, end)
    plan()
  }

  func receive(_ text: ByteBuffer, from link: WebSocketLink) {
    let isProbe = link === probe
    guard isProbe || link === self.link else { return }
    let packet: EnginePacket
    do {
      packet = try EnginePacket(parsing: text)
    } catch {
      return isProbe ? dropProbe() : refuse(binary: error == .binary)
    }
    guard isProbe else { return receive(packet) }
    switch packet.kind {
    case .ping where packet.body == ByteBuffer(staticString: "probe"):
      _ = link.write(SharedFrame(ByteBuffer(staticString: "3probe")).websocket)
      link.flush()
      polling.release()
    case .upgrade: upgrade(to: link)
    default: dropProbe()
    }
  }

  private func upgrade(to link: WebSocketLink) {
    guard life.move(.upgrade) else { return dropProbe() }
    probe = nil
    self.link = link
    patience = identity == nil ? patience : nil
    _ = heartbeat.heard(at: floor.surroundings.clock.uptime())
    let unsent = polling.takeAll()
    polling.refuse(.payload(EnginePacket(.noop).encoded))
    for packet in unsent { send(packet) }
    plan()
  }

  func dropProbe() {
    probe?.close(last: [], code: 1008)
    probe = nil
    _ = life.move(.probeFailed)
  }

  func linkClosed(_ link: WebSocketLink) {
    if link === probe { return dropProbe() }
    guard link === self.link else { return }
    close(link.isSlow ? .slowReader : .transportClosed)
  }

  /// Binary frames and attachments are no part of what Ward speaks; the client hears so before the end.
  func refuse(binary: Bool) {
    guard binary else { return close(.protocolError) }
    if namespace.isConnected {
      emit("socket:error", JSONText.object(["error": "Binary data is not supported.", "code": "BAD_REQUEST"]))
    }
    close(.binaryRefused)
  }
}
