package import NIOCore
import Synchronization

/// The writing side of one WebSocket connection, bounded: a reader that does not keep up is reported, not buffered for.
///
/// Frames go straight to the channel when the caller is on its event loop; otherwise they wait in an outbox that is
/// carried over with one hop per flush, in order.
package final class WebSocketLink: Sendable {
  private struct Outbox {
    var frames: [ByteBuffer] = []
    var bytes = 0
    var isScheduled = false
    var isSlow = false
  }

  private static let lingering: TimeAmount = .seconds(2)

  private let channel: any Channel
  private let maximumOutboundBytes: Int
  private let outbox = Mutex(Outbox())

  package init(channel: any Channel, maximumOutboundBytes: Int) {
    self.channel = channel
    self.maximumOutboundBytes = maximumOutboundBytes
  }

  /// Whether the channel was closed because its reader did not keep up.
  package var isSlow: Bool { outbox.withLock { $0.isSlow } }

  /// Queues one frame; false when more would wait than is allowed.
  package func write(_ frame: ByteBuffer) -> Bool {
    guard !channel.eventLoop.inEventLoop else { return writeInLoop(frame) }
    return outbox.withLock { outbox in
      guard outbox.bytes + frame.readableBytes <= maximumOutboundBytes else { return false }
      outbox.frames.append(frame)
      outbox.bytes += frame.readableBytes
      return true
    }
  }

  /// Writes one frame, and what waits before it, out; false when more would wait than is allowed.
  func send(_ frame: ByteBuffer) -> Bool {
    guard channel.eventLoop.inEventLoop else {
      defer { flush() }
      return write(frame)
    }
    if !channel.isWritable, pendingBytes + frame.readableBytes > maximumOutboundBytes { return false }
    channel.writeAndFlush(frame, promise: nil)
    return true
  }

  private func writeInLoop(_ frame: ByteBuffer) -> Bool {
    if !channel.isWritable, pendingBytes + frame.readableBytes > maximumOutboundBytes { return false }
    channel.write(frame, promise: nil)
    return true
  }

  private var pendingBytes: Int {
    do {
      return try channel.syncOptions?.getOption(.bufferedWritableBytes) ?? 0
    } catch {
      // Only a closed channel cannot tell; nothing written to it will arrive.
      return Int.max / 2
    }
  }

  package func flush() {
    guard !channel.eventLoop.inEventLoop else { return channel.flush() }
    let isFirst = outbox.withLock { outbox in
      guard !outbox.frames.isEmpty, !outbox.isScheduled else { return false }
      outbox.isScheduled = true
      return true
    }
    if isFirst { channel.eventLoop.execute { self.drain() } }
  }

  private func drain() {
    let frames = outbox.withLock { outbox in
      defer { outbox.frames.removeAll() }
      outbox.bytes = 0
      outbox.isScheduled = false
      return outbox.frames
    }
    for frame in frames where !writeInLoop(frame) {
      outbox.withLock { $0.isSlow = true }
      channel.close(promise: nil)
      return
    }
    channel.flush()
  }

  /// Sends the last frames and ends the connection; the peer has two seconds to take them.
  package func close(last frames: [ByteBuffer], code: UInt16) {
    channel.eventLoop.execute {
      self.drain()
      for frame in frames { self.channel.write(frame, promise: nil) }
      let channel = self.channel
      channel.writeAndFlush(WebSocketFraming.close(code: code)).whenComplete { _ in
        // Closing the whole socket with unread input would make the kernel throw the last frames away.
        channel.close(mode: .output, promise: nil)
      }
      let end = channel.eventLoop.scheduleTask(in: Self.lingering) { channel.close(promise: nil) }
      channel.closeFuture.whenComplete { _ in end.cancel() }
    }
  }

  /// Ends the connection at once.
  package func abort() { channel.close(promise: nil) }
}
