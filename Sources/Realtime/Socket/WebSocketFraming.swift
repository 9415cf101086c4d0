package import NIOCore

/// Server-to-client WebSocket frames, encoded once and shared by every socket that receives them.
package enum WebSocketFraming {
  package enum Opcode: UInt8, Sendable {
    case text = 1
    case close = 8
    case ping = 9
    case pong = 10
  }

  /// One final, unmasked frame (RFC 6455, 5.2).
  package static func frame(_ opcode: Opcode, _ body: ByteBuffer) -> ByteBuffer {
    let length = body.readableBytes
    var buffer = ByteBuffer()
    buffer.reserveCapacity(length + 10)
    buffer.writeInteger(0x80 | opcode.rawValue)
    if length < 126 {
      buffer.writeInteger(UInt8(length))
    } else if let short = UInt16(exactly: length) {
      buffer.writeInteger(UInt8(126))
      buffer.writeInteger(short)
    } else {
      buffer.writeInteger(UInt8(127))
      buffer.writeInteger(UInt64(length))
    }
    buffer.writeImmutableBuffer(body)
    return buffer
  }

  package static func close(code: UInt16) -> ByteBuffer { frame(.close, ByteBuffer(integer: code)) }
}

/// One packet ready for both transports: the WebSocket frame, of which the packet itself is the tail.
package struct SharedFrame: Sendable {
  package let websocket: ByteBuffer
  package let packet: ByteBuffer

  package init(_ packet: ByteBuffer) {
    let frame = WebSocketFraming.frame(.text, packet)
    websocket = frame
    let start = frame.writerIndex - packet.readableBytes
    self.packet = frame.getSlice(at: start, length: packet.readableBytes) ?? packet
  }

  init(copying other: SharedFrame) {
    let frame = ByteBuffer(bytes: other.websocket.readableBytesView)
    websocket = frame
    let length = other.packet.readableBytes
    packet = frame.getSlice(at: frame.writerIndex - length, length: length) ?? other.packet
  }
}
