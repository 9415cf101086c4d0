import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOHTTP1

// From parts to a request, and from the request to whoever answers it.
extension HTTPConnection {
  func take(_ part: HTTPServerRequestPart) {
    switch part {
    case .head(let head):
      watch.restart()
      if let failure = ProtocolFailure.check(head, limits: limits) { return fail(failure) }
      self.head = head
      isOldClient = head.version.major == 1 && head.version.minor == 0
      // After a request that asked for another protocol the parser reads no further.
      keepAlive =
        head.isKeepAlive && !isQuiescing && !isInputClosed && !head.headers.contains(name: "upgrade")
        && head.method != .CONNECT
      phase = .readingBody
      expect(within: limits.bodyTimeout)
      if head.headers.first(name: "expect")?.lowercased() == "100-continue", !isOldClient {
        context?.writeAndFlush(
          Self.wrapOutboundOut(ByteBuffer(staticString: "HTTP/1.1 100 Continue\r\n\r\n")), promise: nil)
      }
    case .body(var bytes):
      guard phase == .readingBody else { return }
      guard body.readableBytes + bytes.readableBytes <= limits.bodyBytes else { return fail(.bodyTooLarge) }
      if body.readableBytes == 0 { body = bytes } else { body.writeBuffer(&bytes) }
    case .end:
      guard phase == .readingBody, let head else { return }
      watch.restart()
      self.head = nil
      let body = self.body
      self.body = ByteBuffer()
      phase = .responding
      timer.clear()
      respond(head, body)
    }
  }

  private func respond(_ head: HTTPRequestHead, _ body: ByteBuffer) {
    guard let context else { return }
    let target = RequestTarget(head.uri)
    if target.isSocket { return respondSocket(head, target, body) }
    guard !services.onlySockets else {
      return answer(.notFound, jsonFields, ErrorBody.make("Only sockets are served here.", code: "NOT_FOUND"))
    }
    guard let request = target.request(head, body: body, isSecure: isSecure) else {
      return fail(.malformed("The request is not valid HTTP."))
    }
    let source = RequestSource(
      channel: context.channel, address: services.options.clientAddress(peer, request.headers), isSecure: isSecure)
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    let services = self.services
    let isHead = head.method == .HEAD
    services.activity.began()
    responder = Self.start(request, source, isHead: isHead, services, bound)
  }

  private static func start(
    _ request: Request, _ source: RequestSource, isHead: Bool, _ services: ConnectionServices,
    _ bound: NIOLoopBound<HTTPConnection>
  ) -> Task<Void, Never> {
    Task {
      await run(request, source, isHead: isHead, services, bound)
      services.activity.ended()
    }
  }

  private static func run(
    _ request: Request, _ source: RequestSource, isHead: Bool, _ services: ConnectionServices,
    _ bound: NIOLoopBound<HTTPConnection>
  ) async {
    let response: Response
    do {
      response = try await services.respond(request, source)
    } catch {
      services.onUnhandledError(error)
      return bound.eventLoop.execute {
        bound.value.answer(
          .internalServerError, bound.value.jsonFields,
          ErrorBody.make("Something went wrong.", code: "INTERNAL_SERVER_ERROR"))
      }
    }
    do {
      if let length = response.body.contentLength, length <= services.options.limits.bodyBytes || isHead {
        let sink = CollectingWriter.Sink()
        if !isHead { try await response.body.write(CollectingWriter(sink: sink)) }
        let body = sink.buffer
        return bound.eventLoop.execute {
          bound.value.answer(response.status, response.headers, body, length: isHead ? length : nil)
        }
      }
      try await bound.eventLoop.submit { try bound.value.beginStream(response, isHead: isHead) }.get()
      if !isHead { try await response.body.write(StreamingWriter(connection: bound)) }
      bound.eventLoop.execute { bound.value.endStream() }
    } catch {
      // The status is out already: only a broken connection tells the client that the body is not whole.
      bound.eventLoop.execute { bound.value.context?.close(promise: nil) }
    }
  }
}
