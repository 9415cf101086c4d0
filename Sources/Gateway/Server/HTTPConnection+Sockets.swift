import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOWebSocket
import Realtime

/// A polling GET whose answer has not been written yet.
struct SocketPollInFlight {
  let poll: SocketPoll
  func abandon() { poll.abandon() }
}

// The sockets' own requests: answered on the event loop, without a task.
extension HTTPConnection {
  func respondSocket(_ head: HTTPRequestHead, _ target: RequestTarget, _ body: ByteBuffer) {
    guard let context else { return }
    let origin = head.headers.first(name: "origin")
    if let origin,
      !services.options.allows(origin: origin, host: head.headers.first(name: "host"), isSecure: isSecure)
    {
      return answer(.forbidden, jsonFields, ErrorBody.make("This origin may not connect.", code: "FORBIDDEN"))
    }
    let loop = context.eventLoop
    let handshake = SocketHandshake(head, peer: peer, isSecure: isSecure, options: services.options)
    switch SocketRequest(head, target) {
    case .openPolling: answer(services.hub.openPolling(handshake, on: loop), origin)
    case .poll(let sid):
      let poll = services.hub.poll(sid, on: loop)
      self.poll = SocketPollInFlight(poll: poll)
      answer(poll.answer, origin, poll)
    case .post(let sid): answer(services.hub.post(sid, body, on: loop), origin)
    case .websocket(let sid, let key): upgrade(head, handshake, sid: sid, key: key)
    case .preflight:
      var fields = crossOriginFields(origin)
      fields[.accessControlAllowMethods] = "GET, POST"
      fields[.accessControlAllowHeaders] = "Content-Type, Authorization"
      answer(.noContent, fields, ByteBuffer())
    case .refused(let status, let message):
      answer(status, jsonFields, ErrorBody.make(message, code: "BAD_REQUEST"))
    }
  }

  private func crossOriginFields(_ origin: String?) -> HTTPFields {
    var fields: HTTPFields = [.cacheControl: "no-store", .vary: "Origin"]
    if let origin {
      fields[.accessControlAllowOrigin] = origin
      fields[.accessControlAllowCredentials] = "true"
    }
    return fields
  }

  private func answer(_ future: EventLoopFuture<PollAnswer>, _ origin: String?, _ poll: SocketPoll? = nil) {
    guard let context else { return }
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    future.hop(to: context.eventLoop).assumeIsolated().whenComplete { result in
      bound.value.write(result, origin, poll)
    }
  }

  private func write(_ result: Result<PollAnswer, any Error>, _ origin: String?, _ poll: SocketPoll?) {
    guard let context, phase == .responding else {
      if case .success(.payload) = result { poll?.lost() }
      return
    }
    var fields = crossOriginFields(origin)
    switch result {
    case .success(.payload(let payload)):
      fields[.contentType] = "text/plain; charset=UTF-8"
      let written = context.eventLoop.makePromise(of: Void.self)
      if let poll { written.futureResult.whenFailure { _ in poll.lost() } }
      answer(.ok, fields, payload, promise: written)
    case .success(.accepted):
      fields[.contentType] = "text/html"
      answer(.ok, fields, ByteBuffer(staticString: "ok"))
    case .success(.refused(let status, let message)):
      fields[.contentType] = "application/json; charset=utf-8"
      let code = status == 503 ? "SERVICE_UNAVAILABLE" : status == 429 ? "TOO_MANY_REQUESTS" : "BAD_REQUEST"
      answer(HTTPResponse.Status(integerLiteral: status), fields, ErrorBody.make(message, code: code))
    case .failure(let error):
      services.onUnhandledError(error)
      answer(
        .internalServerError, jsonFields, ErrorBody.make("Something went wrong.", code: "INTERNAL_SERVER_ERROR"))
    }
  }

  // MARK: WebSocket

  private func upgrade(_ head: HTTPRequestHead, _ handshake: SocketHandshake, sid: String?, key: String) {
    if let sid, !services.hub.knows(sid) {
      return answer(.badRequest, jsonFields, ErrorBody.make("Session ID unknown", code: "BAD_REQUEST"))
    }
    guard let context else { return }
    var bytes = ByteBuffer(
      staticString: "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n")
    bytes.writeString("Sec-WebSocket-Accept: \(WebSocketAccept.value(for: key))\r\n\r\n")
    context.writeAndFlush(Self.wrapOutboundOut(bytes), promise: nil)
    let socket = WebSocketConnection(maximumMessageBytes: services.hub.limits.maximumPayloadBytes)
    let channel = context.channel
    do {
      let pipeline = channel.pipeline.syncOperations
      let decoder = ByteToMessageHandler(
        WebSocketFrameDecoder(maxFrameSize: services.hub.limits.maximumPayloadBytes))
      try pipeline.addHandlers([decoder, socket], position: .after(self))
      leavePipeline()
    } catch {
      services.onUnhandledError(error)
      return context.close(promise: nil)
    }
    guard let connection = services.hub.openWebSocket(handshake, channel: channel, sid: sid) else {
      channel.writeAndFlush(WebSocketFraming.close(code: 1013)).whenComplete { _ in channel.close(promise: nil) }
      return
    }
    socket.attach(connection)
  }
}
