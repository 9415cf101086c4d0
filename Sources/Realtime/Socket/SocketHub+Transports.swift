package import NIOCore

// The doors for the HTTP server: polling requests and WebSocket connections.
extension SocketHub {
  /// Whether such a session is open.
  package func knows(_ sid: String) -> Bool { ticket(sid) != nil }

  /// The first GET of a polling client: opens a session and answers with the open packet.
  package func openPolling(_ handshake: SocketHandshake, on loop: any EventLoop) -> EventLoopFuture<PollAnswer> {
    let shard = shard(for: loop)
    return shard.eventLoop.submit {
      shard.perform { floor in
        guard let session = floor.open(handshake) else {
          return .refused(status: 429, message: SocketRefusal.tooManySockets.message)
        }
        _ = session.life.move(.openPolling)
        return .payload(session.openPacket(upgrades: true))
      }
    }
  }

  /// A polling GET: completes when there is something to tell.
  package func poll(_ sid: String, on loop: any EventLoop) -> SocketPoll {
    guard let ticket = ticket(sid) else { return SocketPoll(answer: loop.makeSucceededFuture(.unknownSession)) }
    let promise = ticket.shard.eventLoop.makePromise(of: PollAnswer.self)
    ticket.shard.eventLoop.execute {
      ticket.shard.perform { floor in
        guard let session = floor.sessions[ticket.id] else { return promise.succeed(.unknownSession) }
        session.poll(promise)
      }
    }
    return SocketPoll(answer: promise.futureResult, ticket: ticket)
  }

  /// A polling POST: packets of the client.
  package func post(_ sid: String, _ body: ByteBuffer, on loop: any EventLoop) -> EventLoopFuture<PollAnswer> {
    guard let ticket = ticket(sid) else { return loop.makeSucceededFuture(.unknownSession) }
    return ticket.shard.eventLoop.submit {
      ticket.shard.perform { floor in floor.sessions[ticket.id]?.post(body) ?? .unknownSession }
    }
  }

  /// A WebSocket connection, fresh or (with `sid`) one that a polling session wants to move to. Call on the channel's
  /// loop after the HTTP upgrade; nil when there are too many sockets or no such session, and the channel is to be
  /// closed.
  package func openWebSocket(_ handshake: SocketHandshake, channel: any Channel, sid: String?) -> SocketConnection? {
    let link = WebSocketLink(channel: channel, maximumOutboundBytes: limits.maximumOutboundBytes)
    if let sid {
      guard let ticket = ticket(sid) else { return nil }
      ticket.shard.eventLoop.execute {
        ticket.shard.perform { floor in
          guard let session = floor.sessions[ticket.id] else { return link.abort() }
          session.offer(link)
        }
      }
      return SocketConnection(ticket: ticket, link: link)
    }
    let shard = shard(for: channel.eventLoop)
    guard shard.eventLoop.inEventLoop else { return nil }
    return shard.perform { floor in
      guard let session = floor.open(handshake) else { return nil }
      session.open(link)
      return SocketConnection(ticket: session.ticket, link: link)
    }
  }
}

/// A polling GET under way.
package struct SocketPoll: Sendable {
  package let answer: EventLoopFuture<PollAnswer>
  private let ticket: SocketTicket?

  init(answer: EventLoopFuture<PollAnswer>, ticket: SocketTicket? = nil) {
    self.answer = answer
    self.ticket = ticket
  }

  /// The client's connection is gone and nothing has been answered yet: nothing is lost, the queue waits for the next.
  package func abandon() {
    let answer = self.answer
    ticket?.perform { $0.polling.abandon(answer) }
  }

  /// The answer could not be written: what it carried is lost, so the session ends and the client recovers.
  package func lost() { ticket?.perform { $0.close(.transportClosed) } }
}

/// The reading side of one WebSocket connection.
package struct SocketConnection: Sendable {
  let ticket: SocketTicket
  let link: WebSocketLink

  /// One complete text message.
  package func receive(_ text: ByteBuffer) {
    onSession { [link] in $0.receive(text, from: link) }
  }

  package func receiveBinary() { onSession { $0.refuse(binary: true) } }

  package func closed() {
    onSession { [link] in $0.linkClosed(link) }
  }

  private func onSession(_ body: @escaping @Sendable (SocketSession) -> Void) {
    if ticket.shard.eventLoop.inEventLoop { ticket.performInLoop(body) } else { ticket.perform(body) }
  }
}
