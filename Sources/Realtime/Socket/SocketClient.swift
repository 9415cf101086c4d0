import NIOCore

/// One authenticated socket as event handlers see it; safe from any thread, harmless once the socket is gone.
package struct SocketClient: Sendable {
  let ticket: SocketTicket
  package let identity: SocketIdentity

  package var id: SocketID { ticket.id }

  package func join(_ room: String) { ticket.perform { $0.join(room) } }
  package func leave(_ room: String) { ticket.perform { $0.leave(room) } }

  /// Sends an event to this socket alone.
  package func emit(_ event: SocketEvent) {
    let encoded = EncodedEvent(event)
    ticket.perform { $0.deliver(encoded) }
  }

  package func disconnect(_ reason: SocketCloseReason) { ticket.perform { $0.close(reason) } }
}
