import NIOCore

// Engine.IO and Socket.IO packets of the client.
extension SocketSession {
  func receive(_ packet: EnginePacket) {
    let now = floor.surroundings.clock.uptime()
    guard bucket.take(at: now) else {
      if namespace.isConnected {
        emit("socket:error", JSONText.object(["error": "Too many messages.", "code": "TOO_MANY_REQUESTS"]))
      }
      return close(.rateLimited)
    }
    if heartbeat.heard(at: now) { plan() }
    switch packet.kind {
    case .pong, .noop: return
    case .close: close(.clientLeft)
    case .message: receiveMessage(packet.body)
    // In protocol 4 it is the server who pings.
    case .open, .ping, .upgrade: close(.protocolError)
    }
  }

  private func receiveMessage(_ text: ByteBuffer) {
    let packet: SocketPacket
    do {
      packet = try SocketPacket(parsing: text)
    } catch {
      return refuse(binary: error == .binary)
    }
    guard packet.namespace == "/" else { return receiveElsewhere(packet) }
    switch packet.kind {
    case .connect:
      guard namespace.move(.connect) else { return close(.protocolError) }
      connect(packet.arguments.first)
    case .event:
      guard namespace.isConnected else { return close(.protocolError) }
      enqueue(InboundEvent(name: packet.name, arguments: packet.arguments, ackId: packet.ackId))
    case .disconnect:
      guard namespace.isConnected else { return close(.protocolError) }
      leaveNamespace(.disconnect, .clientLeft)
      // A client that is going away waits for its last GET.
      if life.usesPolling { polling.release() }
      patience = floor.surroundings.clock.uptime() + limits.authenticationTimeout
      plan()
    case .ack: return  // Ward asks for no acknowledgements.
    case .connectError, .binaryEvent, .binaryAck: close(.protocolError)
    }
  }

  private func receiveElsewhere(_ packet: SocketPacket) {
    switch packet.kind {
    case .connect:
      send(SocketPacket.connectError("Invalid namespace", code: "NOT_FOUND", namespace: packet.namespace))
    case .disconnect: return
    default: close(.protocolError)
    }
  }
}

/// An event of the client that waits for its turn; one is handled at a time, in order.
struct InboundEvent: Sendable {
  var name: String
  var arguments: [ByteBuffer]
  var ackId: Int?
}
