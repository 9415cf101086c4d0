import NIOCore
import NIOWebSocket
import Realtime

/// The reading side of a WebSocket: joins fragments, answers control frames, and hands whole text messages on.
final class WebSocketConnection: ChannelInboundHandler {
  typealias InboundIn = WebSocketFrame
  typealias OutboundOut = ByteBuffer

  private let maximumMessageBytes: Int
  /// Against messages in a million pieces and floods of pings, which no session counts.
  private var frames: TokenBucket
  private var connection: SocketConnection?
  private var fragments: ByteBuffer?
  private var isClosing = false

  init(maximumMessageBytes: Int, now: NIODeadline = .now()) {
    self.maximumMessageBytes = maximumMessageBytes
    frames = TokenBucket(perSecond: 200, burst: 1_000, now: now)
  }

  func attach(_ connection: SocketConnection) { self.connection = connection }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let frame = Self.unwrapInboundIn(data)
    guard !isClosing else { return }
    guard frames.take(at: .now()) else { return close(context, 1008) }
    // A client masks every frame, and no extension was agreed on.
    guard frame.maskKey != nil, !frame.rsv1, !frame.rsv2, !frame.rsv3 else { return close(context, 1002) }
    switch frame.opcode {
    case .text:
      guard fragments == nil else { return close(context, 1002) }
      take(frame.unmaskedData, isFinal: frame.fin, context)
    case .continuation:
      guard fragments != nil else { return close(context, 1002) }
      take(frame.unmaskedData, isFinal: frame.fin, context)
    case .binary: connection?.receiveBinary()
    case .ping:
      // Who does not read its pongs gets no further ones (RFC 6455, 5.5.3: the latest is enough).
      guard context.channel.isWritable else { return }
      context.writeAndFlush(
        Self.wrapOutboundOut(WebSocketFraming.frame(.pong, frame.unmaskedData)), promise: nil)
    case .pong: return
    case .connectionClose: close(context, 1000)
    default: close(context, 1002)
    }
  }

  private func take(_ bytes: ByteBuffer, isFinal: Bool, _ context: ChannelHandlerContext) {
    var message = bytes
    if var joined = fragments {
      guard joined.readableBytes + bytes.readableBytes <= maximumMessageBytes else { return close(context, 1009) }
      joined.writeBuffer(&message)
      message = joined
    }
    guard isFinal else {
      fragments = message
      return
    }
    fragments = nil
    guard Self.isText(message) else { return close(context, 1007) }
    connection?.receive(message)
  }

  private static func isText(_ buffer: ByteBuffer) -> Bool {
    buffer.readableBytesView.allSatisfy { $0 < 0x80 }
      || String(validating: buffer.readableBytesView, as: UTF8.self) != nil
  }

  func channelInactive(context: ChannelHandlerContext) {
    connection?.closed()
    connection = nil
    context.fireChannelInactive()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if let event = event as? ChannelEvent, event == .inputClosed { context.close(promise: nil) }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    switch error {
    case NIOWebSocketError.invalidFrameLength: close(context, 1009)
    case is NIOWebSocketError: close(context, 1002)
    default: context.close(promise: nil)
    }
  }

  private func close(_ context: ChannelHandlerContext, _ code: UInt16) {
    guard !isClosing else { return }
    isClosing = true
    let channel = context.channel
    context.writeAndFlush(Self.wrapOutboundOut(WebSocketFraming.close(code: code))).whenComplete { _ in
      channel.close(mode: .output, promise: nil)
    }
    let end = context.eventLoop.scheduleTask(in: .seconds(2)) { channel.close(promise: nil) }
    channel.closeFuture.whenComplete { _ in end.cancel() }
    connection?.closed()
    connection = nil
  }
}
