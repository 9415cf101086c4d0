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
  private var lineBytes = 0
  var onFirstBytes: (() -> Void)?

  /// The next bytes begin a new head.
  func restart() {
    hasBytes = false
    sawLineEnd = false
    lineBytes = 0
  }

  /// Whether the parser stopped in the request line, or that line alone was too long for it.
  func isInTarget(limit: Int) -> Bool { hasBytes && (!sawLineEnd || lineBytes > limit) }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if !sawLineEnd {
      let isFirst = !hasBytes
      hasBytes = true
      let bytes = Self.unwrapInboundIn(data).readableBytesView
      let end = bytes.firstIndex(of: UInt8(ascii: "\n"))
      sawLineEnd = end != nil
      lineBytes += bytes.distance(from: bytes.startIndex, to: end ?? bytes.endIndex)
      if isFirst { onFirstBytes?() }
    }
    context.fireChannelRead(data)
  }

  func handlerRemoved(context: ChannelHandlerContext) { onFirstBytes = nil }
}
