package import NIOCore

/// One Engine.IO 4 packet: a digit for its kind and a text body.
package struct EnginePacket: Sendable, Equatable {
  package enum Kind: UInt8, Sendable, CaseIterable {
    case open = 48
    case close, ping, pong, message, upgrade, noop
  }

  package enum Problem: Error, Equatable {
    case empty
    case unknownKind(UInt8)
    case binary
    case tooManyPackets
  }

  /// Packets of a polling payload are separated by this byte.
  package static let separator: UInt8 = 0x1E
  /// Packets that one polling POST may carry; more is a client gone wrong.
  package static let maximumPacketsInPayload = 256

  package var kind: Kind
  package var body: ByteBuffer

  package init(_ kind: Kind, body: ByteBuffer = ByteBuffer()) {
    self.kind = kind
    self.body = body
  }

  /// Reads one text packet; in polling a leading `b` marks base64 binary, which Ward does not take.
  package init(parsing text: ByteBuffer) throws(Problem) {
    var body = text
    guard let first = body.readInteger(as: UInt8.self) else { throw .empty }
    if first == UInt8(ascii: "b") { throw .binary }
    guard let kind = Kind(rawValue: first) else { throw .unknownKind(first) }
    self.init(kind, body: body)
  }

  /// Reads a polling payload: packets joined by the record separator.
  package static func payload(_ buffer: ByteBuffer) throws(Problem) -> [EnginePacket] {
    var packets: [EnginePacket] = []
    var start = buffer.readerIndex
    let view = buffer.readableBytesView
    while true {
      let end = view[start...].firstIndex(of: separator) ?? view.endIndex
      guard packets.count < maximumPacketsInPayload else { throw .tooManyPackets }
      packets.append(try EnginePacket(parsing: buffer.getSlice(at: start, length: end - start) ?? ByteBuffer()))
      guard end < view.endIndex else { return packets }
      start = end + 1
    }
  }

  /// The packet as text, ready for either transport.
  package var encoded: ByteBuffer {
    var buffer = ByteBuffer()
    buffer.reserveCapacity(1 + body.readableBytes)
    buffer.writeInteger(kind.rawValue)
    buffer.writeImmutableBuffer(body)
    return buffer
  }
}
