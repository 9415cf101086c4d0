import NIOCore

/// Looks at raw bytes before the HTTP parser: whether a head has begun, and whether its first line is over.
///
/// The parser tells neither; the first is needed to time slow heads, the second to tell a target that is too long
/// from headers that are too large.
final class HeadWatch: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private(set) var hasBytes = false
  private(set) var sawLineEnd = false
  var onFirstBytes: (() -> Void)?

  /// The next bytes begin a new head.
  func restart() {
    hasBytes = false
    sawLineEnd = false
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if !sawLineEnd {
      let isFirst = !hasBytes
      hasBytes = true
      if Self.unwrapInboundIn(data).readableBytesView.contains(UInt8(ascii: "\n")) { sawLineEnd = true }
      if isFirst { onFirstBytes?() }
    }
    context.fireChannelRead(data)
  }

  func handlerRemoved(context: ChannelHandlerContext) { onFirstBytes = nil }
}
