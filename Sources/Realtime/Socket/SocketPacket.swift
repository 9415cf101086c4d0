package import NIOCore

/// One Socket.IO protocol 5 packet, the body of an Engine.IO message.
package struct SocketPacket: Sendable, Equatable {
  package enum Kind: UInt8, Sendable {
    case connect = 48
    case disconnect, event, ack, connectError, binaryEvent, binaryAck
  }

  package enum Problem: Error, Equatable {
    case empty
    case unknownKind
    case binary
    case badNamespace
    case badAckId
    case badPayload
    case reservedEvent
  }

  /// Names that the protocol keeps for itself; a client that emits one is not speaking the protocol.
  static let reserved: Set<String> = [
    "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener",
  ]
  static let maximumNamespaceBytes = 256
  static let maximumEventNameBytes = 256
  static let maximumArguments = 32

  package var kind: Kind
  package var namespace = "/"
  package var ackId: Int?
  /// The event's name, for `event` only.
  package var name = ""
  /// Raw JSON: the event's or acknowledgement's arguments, or the one payload object of a connect packet.
  package var arguments: [ByteBuffer] = []

  package init(_ kind: Kind) { self.kind = kind }

  /// Reads the text after the Engine.IO digit. Any bytes give a packet or a problem.
  package init(parsing text: ByteBuffer) throws(Problem) {
    var rest = text
    guard let first = rest.readInteger(as: UInt8.self) else { throw .empty }
    guard let kind = Kind(rawValue: first) else { throw .unknownKind }
    guard kind != .binaryEvent, kind != .binaryAck else { throw .binary }
    self.init(kind)
    namespace = try Self.namespace(&rest)
    ackId = try Self.ackId(&rest)
    switch kind {
    case .event: try readEvent(rest)
    case .ack:
      guard ackId != nil, let values = JSONScanner.elements(of: rest, limit: Self.maximumArguments) else {
        throw .badPayload
      }
      arguments = values
    case .connect:
      guard rest.readableBytes > 0 else { return }
      guard JSONScanner.members(of: rest) != nil else { throw .badPayload }
      arguments = [rest]
    case .disconnect:
      guard rest.readableBytes == 0 else { throw .badPayload }
    case .connectError, .binaryEvent, .binaryAck:
      throw .unknownKind
    }
  }

  private mutating func readEvent(_ rest: ByteBuffer) throws(Problem) {
    guard var values = JSONScanner.elements(of: rest, limit: Self.maximumArguments + 1), let first = values.first,
      let name = JSONText.string(first), !name.isEmpty, name.utf8.count <= Self.maximumEventNameBytes
    else { throw .badPayload }
    guard !Self.reserved.contains(name) else { throw .reservedEvent }
    values.removeFirst()
    self.name = name
    arguments = values
  }

  private static func namespace(_ rest: inout ByteBuffer) throws(Problem) -> String {
    let view = rest.readableBytesView
    guard view.first == UInt8(ascii: "/") else { return "/" }
    let end = view.firstIndex(of: UInt8(ascii: ",")) ?? view.endIndex
    guard end - view.startIndex <= maximumNamespaceBytes,
      let text = String(validating: view[view.startIndex..<end], as: UTF8.self)
    else { throw .badNamespace }
    rest.moveReaderIndex(to: min(end + 1, view.endIndex))
    // A client may hang a query on the namespace; it is no part of the name.
    return text.split(separator: "?", maxSplits: 1).first.map(String.init) ?? "/"
  }

  private static func ackId(_ rest: inout ByteBuffer) throws(Problem) -> Int? {
    var value = 0
    var digits = 0
    for byte in rest.readableBytesView {
      guard (48...57).contains(byte) else { break }
      digits += 1
      guard digits <= 15 else { throw .badAckId }
      value = value * 10 + Int(byte - 48)
    }
    guard digits > 0 else { return nil }
    rest.moveReaderIndex(forwardBy: digits)
    return value
  }
}

/// Encoders for what the server sends; each gives a whole Engine.IO message (`4…`).
extension SocketPacket {
  package static func connected(sid: String, pid: String?) -> ByteBuffer {
    var buffer = ByteBuffer(staticString: "40")
    if let pid {
      buffer.writeImmutableBuffer(JSONText.object(["sid": sid, "pid": pid]))
    } else {
      buffer.writeImmutableBuffer(JSONText.object(["sid": sid]))
    }
    return buffer
  }

  /// `44{"message":…,"data":{"code":…}}`, the form that every client turns into its connect error.
  package static func connectError(_ message: String, code: String, namespace: String = "/") -> ByteBuffer {
    var buffer = ByteBuffer(staticString: "44")
    if namespace != "/" {
      buffer.writeString(namespace)
      buffer.writeStaticString(",")
    }
    buffer.writeStaticString("{\"message\":")
    JSONText.write(message, into: &buffer)
    buffer.writeStaticString(",\"data\":")
    buffer.writeImmutableBuffer(JSONText.object(["code": code]))
    buffer.writeStaticString("}")
    return buffer
  }

  /// An event with at most one argument, which is JSON already; the offset follows it as a string.
  package static func event(_ name: String, payload: ByteBuffer?, offset: String? = nil) -> ByteBuffer {
    var buffer = ByteBuffer()
    buffer.reserveCapacity(16 + name.utf8.count + (payload?.readableBytes ?? 0) + (offset?.utf8.count ?? 0))
    buffer.writeStaticString("42[")
    JSONText.write(name, into: &buffer)
    if let payload {
      buffer.writeInteger(UInt8(ascii: ","))
      buffer.writeImmutableBuffer(payload)
    }
    if let offset {
      buffer.writeInteger(UInt8(ascii: ","))
      JSONText.write(offset, into: &buffer)
    }
    buffer.writeInteger(UInt8(ascii: "]"))
    return buffer
  }

  package static func ack(_ id: Int, payload: ByteBuffer?) -> ByteBuffer {
    var buffer = ByteBuffer(string: "43\(id)[")
    if let payload { buffer.writeImmutableBuffer(payload) }
    buffer.writeInteger(UInt8(ascii: "]"))
    return buffer
  }

  package static var disconnected: ByteBuffer { ByteBuffer(staticString: "41") }
}
