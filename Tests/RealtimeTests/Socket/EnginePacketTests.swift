import NIOCore
import Testing

@testable import Realtime

@Suite("Engine.IO packets")
struct EnginePacketTests {
  @Test("every kind is read and written as it stands in the protocol", arguments: EnginePacket.Kind.allCases)
  func roundTrip(kind: EnginePacket.Kind) throws {
    let packet = EnginePacket(kind, body: ByteBuffer(string: "body"))
    #expect(try EnginePacket(parsing: packet.encoded) == packet)
    #expect(packet.encoded.readableBytesView.first == kind.rawValue)
  }

  @Test("147: a polling payload is split at the record separator, in order")
  func payload() throws {
    let packets = try EnginePacket.payload(ByteBuffer(string: "4first\u{1e}2\u{1e}4"))
    #expect(
      packets == [
        EnginePacket(.message, body: ByteBuffer(string: "first")), EnginePacket(.ping), EnginePacket(.message),
      ])
  }

  @Test(
    "what is no packet is a problem and never a trap",
    arguments: [
      ("", EnginePacket.Problem.empty), ("9", .unknownKind(57)), ("bAQID", .binary), ("4a\u{1e}", .empty),
      ("4a\u{1e}bAQ", .binary),
    ])
  func problems(text: String, problem: EnginePacket.Problem) {
    #expect(throws: problem) { try EnginePacket.payload(ByteBuffer(string: text)) }
  }

  @Test("a payload of too many packets is refused")
  func flood() {
    let text = String(repeating: "2\u{1e}", count: 300) + "2"
    #expect(throws: EnginePacket.Problem.tooManyPackets) { try EnginePacket.payload(ByteBuffer(string: text)) }
  }

  @Test("WebSocket frames carry the shortest length that fits", arguments: [0, 125, 126, 65_535, 65_536])
  func framing(size: Int) {
    let body = ByteBuffer(repeating: 97, count: size)
    var frame = WebSocketFraming.frame(.text, body)
    #expect(frame.readInteger(as: UInt8.self) == 0x81)
    let first = frame.readInteger(as: UInt8.self) ?? 0
    let length: Int
    switch first {
    case 126: length = frame.readInteger(as: UInt16.self).map(Int.init) ?? -1
    case 127: length = frame.readInteger(as: UInt64.self).map(Int.init) ?? -1
    default: length = Int(first)
    }
    #expect(length == size)
    #expect((first < 126) == (size < 126) && (first == 127) == (size > 65_535))
    #expect(frame == body)
    #expect(SharedFrame(body).packet == body)
  }
}
