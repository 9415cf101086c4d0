import HTTPTypes
import HummingbirdCore
import NIOCore

// Answers, whole or streamed, and what follows one.
extension HTTPConnection {
  /// An answer that no operation gave has what every answer has.
  var jsonFields: HTTPFields {
    var fields: HTTPFields = [.contentType: "application/json; charset=utf-8", .requestID: RequestID.new()]
    SecurityHeaders.add(to: &fields, isSecure: services.options.tls != nil)
    return fields
  }

  /// Writes one whole answer and goes on to the next request.
  func answer(
    _ status: HTTPResponse.Status, _ fields: HTTPFields, _ body: ByteBuffer, length: Int? = nil,
    promise: EventLoopPromise<Void>? = nil
  ) {
    guard let context, phase == .responding || phase == .readingBody || phase == .awaitingHead else {
      promise?.fail(ClientLeft())
      return
    }
    let hasNoBody = status.code == 204 || status.code == 304 || status.code < 200
    let head = ResponseHead.encode(
      status, fields, framing: hasNoBody ? .none : .length(length ?? body.readableBytes), keepAlive: keepAlive,
      isOldClient: isOldClient)
    if hasNoBody || body.readableBytes == 0 {
      context.writeAndFlush(Self.wrapOutboundOut(head), promise: promise)
    } else if body.readableBytes <= 4096 {
      // Copying a little is cheaper than a second buffer in the system call.
      var whole = head
      whole.writeImmutableBuffer(body)
      context.writeAndFlush(Self.wrapOutboundOut(whole), promise: promise)
    } else {
      context.write(Self.wrapOutboundOut(head), promise: nil)
      context.writeAndFlush(Self.wrapOutboundOut(body), promise: promise)
    }
    finishAnswer()
  }

  func fail(_ failure: ProtocolFailure) {
    hasFailed = true
    keepAlive = false
    queue.removeAll()
    answer(failure.status, jsonFields, failure.body)
  }

  func beginStream(_ response: Response, isHead: Bool) throws {
    guard let context, phase == .responding else { throw ClientLeft() }
    phase = .streaming
    if isQuiescing { keepAlive = false }
    if let length = response.body.contentLength {
      framing = .length(length)
    } else if isOldClient {
      framing = .untilClose
      keepAlive = false
    } else {
      framing = .chunked
    }
    let head = ResponseHead.encode(
      response.status, response.headers, framing: framing, keepAlive: keepAlive, isOldClient: isOldClient)
    if isHead, framing == .chunked { framing = .none }
    context.writeAndFlush(Self.wrapOutboundOut(head), promise: nil)
  }

  /// Writes one part of a streamed body; completes when the client has room for the next.
  func writePart(_ buffer: ByteBuffer, on loop: any EventLoop) -> EventLoopFuture<Void> {
    guard let context, phase == .streaming else { return loop.makeFailedFuture(ClientLeft()) }
    let bytes = framing == .chunked ? ResponseHead.chunk(buffer) : buffer
    context.writeAndFlush(Self.wrapOutboundOut(bytes), promise: nil)
    guard !context.channel.isWritable else { return context.eventLoop.makeSucceededVoidFuture() }
    expect(within: limits.idleTimeout)
    let promise = writability ?? context.eventLoop.makePromise()
    writability = promise
    return promise.futureResult
  }

  func releaseWriter() {
    guard let writability else { return }
    self.writability = nil
    timer.clear()
    writability.succeed()
  }

  func endStream() {
    guard let context, phase == .streaming else { return }
    if framing == .chunked { context.writeAndFlush(Self.wrapOutboundOut(ResponseHead.lastChunk), promise: nil) }
    finishAnswer()
  }

  func finishAnswer() {
    guard let context else { return }
    responder = nil
    poll = nil
    body = ByteBuffer()
    head = nil
    guard keepAlive, !isInputClosed else {
      // The client gets time to read the answer: closing with unread input would take it away again.
      phase = .lingering
      expect(within: limits.lingering)
      context.close(mode: .output, promise: nil)
      if isReadHeldBack { context.read() }
      if isInputClosed { context.close(promise: nil) }
      return
    }
    phase = .awaitingHead
    expect(within: limits.idleTimeout)
    while !queue.isEmpty, phase == .awaitingHead || phase == .readingBody {
      switch queue.removeFirst() {
      case .part(let part): take(part)
      case .failure(let failure): fail(failure)
      }
    }
    if isReadHeldBack, phase != .responding {
      isReadHeldBack = false
      context.read()
    }
  }
}
