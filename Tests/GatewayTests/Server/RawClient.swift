import NIOCore
import NIOPosix

/// A TCP client that sends bytes as they are and reads what comes.
struct RawClient {
  private let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>

  /// Connects, hands itself to the body, and closes.
  static func with<Result>(
    port: Int, _ body: (inout Session) async throws -> Result
  ) async throws -> Result {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
            wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
        }
      }
    return try await channel.executeThenClose { inbound, outbound in
      var session = Session(inbound: inbound.makeAsyncIterator(), outbound: outbound, channel: channel.channel)
      return try await body(&session)
    }
  }

  struct Frame {
    var opcode: UInt8
    var bytes: [UInt8]
    var body: String { String(decoding: bytes, as: UTF8.self) }
  }

  struct Session {
    var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    let channel: any Channel
    var received = ByteBuffer()

    func send(_ text: String) async throws { try await outbound.write(ByteBuffer(string: text)) }
    func send(_ bytes: ByteBuffer) async throws { try await outbound.write(bytes) }

    /// Everything until the server closes. A broken line counts as an end, with what came before it.
    mutating func readAll() async -> String {
      do {
        while var bytes = try await inbound.next(isolation: #isolation) { received.writeBuffer(&bytes) }
      } catch {
        received.writeString("<broken: \(error)>")
      }
      return String(buffer: received)
    }

    /// Text up to and including the mark.
    mutating func read(until mark: String) async throws -> String {
      while true {
        let text = String(buffer: received)
        if let end = text.firstRange(of: mark)?.upperBound {
          let taken = String(text[..<end])
          received.moveReaderIndex(forwardBy: taken.utf8.count)
          return taken
        }
        guard var bytes = try await inbound.next(isolation: #isolation) else { return text }
        received.writeBuffer(&bytes)
      }
    }

    private mutating func bytes(_ count: Int) async throws -> ByteBuffer? {
      while received.readableBytes < count {
        guard var bytes = try await inbound.next(isolation: #isolation) else { return nil }
        received.writeBuffer(&bytes)
      }
      return received.readSlice(length: count)
    }

    /// One WebSocket frame of the server; nil at the end.
    mutating func frame() async throws -> Frame? {
      guard var head = try await bytes(2), let first = head.readInteger(as: UInt8.self),
        let second = head.readInteger(as: UInt8.self)
      else { return nil }
      var length = Int(second)
      if second == 126 {
        guard var more = try await bytes(2) else { return nil }
        length = Int(more.readInteger(as: UInt16.self) ?? 0)
      }
      guard let body = try await bytes(length) else { return nil }
      return Frame(opcode: first & 15, bytes: Array(body.readableBytesView))
    }

    func sendFrame(_ text: String, opcode: UInt8 = 1, isMasked: Bool = true, isFinal: Bool = true) async throws {
      var buffer = ByteBuffer()
      let body = Array(text.utf8)
      buffer.writeInteger((isFinal ? 0x80 : 0) | opcode)
      let mask: UInt8 = isMasked ? 0x80 : 0
      if let short = UInt8(exactly: body.count), short < 126 {
        buffer.writeInteger(mask | short)
      } else {
        buffer.writeInteger(mask | 126)
        buffer.writeInteger(UInt16(clamping: body.count))
      }
      let key: [UInt8] = isMasked ? [1, 2, 3, 4] : []
      buffer.writeBytes(key)
      buffer.writeBytes(isMasked ? body.enumerated().map { $1 ^ key[$0 & 3] } : body)
      try await send(buffer)
    }

    mutating func upgrade(_ query: String = "") async throws -> String {
      try await send(
        "GET /socket.io/?EIO=4&transport=websocket\(query) HTTP/1.1\r\nHost: ward\r\nUpgrade: websocket\r\n"
          + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
      return try await read(until: "\r\n\r\n")
    }
  }
}
