import NIOCore
import NIOHTTP1

/// One HTTP/1.1 connection: takes requests one after the other, enforces the limits, and writes the answers in order.
///
/// No task lives per connection; one runs per request. While it runs nothing more is read, so pipelined requests wait
/// in the socket, and a client that does not read its answers is not served further.
final class HTTPConnection: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  enum Phase: Equatable {
    case awaitingHead, readingBody, responding, streaming, lingering, closed
  }

  enum Queued {
    case part(HTTPServerRequestPart)
    case failure(ProtocolFailure)
  }

  let services: ConnectionServices
  let isSecure: Bool
  let peer: String
  let watch: HeadWatch
  private let decoder: ByteToMessageHandler<HTTPRequestDecoder>

  var context: ChannelHandlerContext?
  var phase: Phase = .awaitingHead
  var head: HTTPRequestHead?
  var body = ByteBuffer()
  var queue: [Queued] = []
  var keepAlive = true
  var isOldClient = false
  var hasFailed = false
  var isInputClosed = false
  var isReadHeldBack = false
  var isQuiescing = false
  var framing: ResponseHead.Framing = .none
  var writability: EventLoopPromise<Void>?
  var responder: Task<Void, Never>?
  var poll: SocketPollInFlight?
  var timer = ConnectionTimer()

  init(
    services: ConnectionServices, watch: HeadWatch, decoder: ByteToMessageHandler<HTTPRequestDecoder>, isSecure: Bool,
    peer: String
  ) {
    self.services = services
    self.watch = watch
    self.decoder = decoder
    self.isSecure = isSecure
    self.peer = peer
  }

  var limits: ServerLimits { services.options.limits }

  // MARK: Pipeline

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    watch.onFirstBytes = { [unowned self] in
      if phase == .awaitingHead { expect(within: min(limits.headTimeout, limits.idleTimeout)) }
    }
    expect(within: limits.headTimeout)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
    timer.cancel()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let part = Self.unwrapInboundIn(data)
    switch phase {
    case .awaitingHead, .readingBody: take(part)
    case .responding, .streaming: queue.append(.part(part))
    case .lingering, .closed: return
    }
  }

  func read(context: ChannelHandlerContext) {
    if phase == .responding || phase == .streaming { isReadHeldBack = true } else { context.read() }
  }

  func channelInactive(context: ChannelHandlerContext) {
    end()
    context.fireChannelInactive()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { releaseWriter() }
    context.fireChannelWritabilityChanged()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if let event = event as? ChannelEvent, event == .inputClosed {
      isInputClosed = true
      switch phase {
      case .awaitingHead, .lingering, .streaming: context.close(promise: nil)
      case .responding where poll != nil: context.close(promise: nil)
      case .readingBody, .responding, .closed: break
      }
    } else if event is ChannelShouldQuiesceEvent {
      isQuiescing = true
      keepAlive = false
      if phase == .awaitingHead, !watch.hasBytes { context.close(promise: nil) }
      if phase == .streaming { responder?.cancel() }
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let error = error as? HTTPParserError else {
      // The line is broken (reset, TLS): there is nobody to answer.
      return context.close(promise: nil)
    }
    guard !hasFailed else { return }
    hasFailed = true
    let failure = ProtocolFailure(error, inTarget: watch.isInTarget(limit: services.options.limits.targetBytes))
    switch phase {
    case .awaitingHead, .readingBody: fail(failure)
    case .responding, .streaming: queue.append(.failure(failure))
    case .lingering, .closed: return
    }
  }

  // MARK: End

  private func end() {
    guard phase != .closed else { return }
    if phase == .streaming { responder?.cancel() }
    phase = .closed
    timer.cancel()
    poll?.abandon()
    poll = nil
    queue.removeAll()
    if let writability {
      self.writability = nil
      writability.fail(ClientLeft())
    }
  }

  func expect(within amount: TimeAmount) {
    guard let context else { return }
    timer.expect(by: context.eventLoop.now + amount, on: context.eventLoop) { [weak self] in self?.ring() }
  }

  private func ring() {
    guard let context, timer.isOver(on: context.eventLoop, { [weak self] in self?.ring() }) else { return }
    switch phase {
    case .awaitingHead where watch.hasBytes, .readingBody: fail(.tooSlow)
    default: context.close(promise: nil)
    }
  }

  /// Hands the connection over to another protocol. The parser passes on what it has not read.
  func leavePipeline() {
    guard let context else { return }
    phase = .closed
    let pipeline = context.channel.pipeline.syncOperations
    pipeline.removeHandler(watch, promise: nil)
    pipeline.removeHandler(self, promise: nil)
    pipeline.removeHandler(decoder, promise: nil)
  }
}
