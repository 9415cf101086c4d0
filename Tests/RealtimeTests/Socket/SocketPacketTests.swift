import NIOCore
import Testing

@testable import Realtime

@Suite("Socket.IO packets")
struct SocketPacketTests {
  private func parse(_ text: String) throws -> SocketPacket { try SocketPacket(parsing: ByteBuffer(string: text)) }

  @Test("a CONNECT carries its payload")
  func connect() throws {
    let packet = try parse(#"0{"token":"abc"}"#)
    #expect(packet.kind == .connect && packet.namespace == "/")
    #expect(packet.arguments == [ByteBuffer(string: #"{"token":"abc"}"#)])
    #expect(try parse("0").arguments.isEmpty)
    #expect(try parse("0/admin?x=1,{}").namespace == "/admin")
  }

  @Test("an EVENT gives its name and raw arguments, with or without an acknowledgement id")
  func event() throws {
    let packet = try parse(#"212["say \"hi\"", {"a":[1,2]} ,"b", -1.5e3]"#)
    #expect(packet.name == #"say "hi""# && packet.ackId == 12)
    #expect(packet.arguments.map { String(buffer: $0) } == [#"{"a":[1,2]}"#, #""b""#, "-1.5e3"])
    #expect(try parse(#"2/x,["a"]"#).namespace == "/x")
  }

  @Test(
    "malformed packets are problems, never traps",
    arguments: [
      "", "9", "2", "2[]", "2{}", #"2["a""#, #"2["a",]"#, #"2["a"]]"#, "2[1]", #"2[""]"#, #"2["a",01]"#,
      "2[\"a\u{1}\"]",
      #"299999999999999999999["a"]"#, "0[]", #"0{"a":1,"a":2}"#, "0{", "1x", "3[]", "4{}", #"2["\ud800"]"#,
      #"2["a",tru]"#,
      "0\"x\"", "2/",
    ])
  func malformed(text: String) {
    #expect(throws: SocketPacket.Problem.self) { try parse(text) }
  }

  @Test("binary packets are refused by name", arguments: [#"51-["a",{"_placeholder":true,"num":0}]"#, "61-1[]"])
  func binary(text: String) {
    #expect(throws: SocketPacket.Problem.binary) { try parse(text) }
  }

  @Test("names that the protocol keeps are refused", arguments: ["connect", "disconnect", "newListener"])
  func reserved(name: String) {
    #expect(throws: SocketPacket.Problem.reservedEvent) { try parse(#"2["\#(name)"]"#) }
  }

  @Test("nesting up to 64 is read, deeper is refused, however deep")
  func depth() throws {
    func nested(_ depth: Int) -> String {
      #"2["a","# + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "]"
    }
    #expect(try parse(nested(63)).arguments.count == 1)
    #expect(throws: SocketPacket.Problem.badPayload) { try parse(nested(64)) }
    #expect(throws: SocketPacket.Problem.badPayload) { try parse(nested(200_000)) }
  }

  @Test("any bytes give a packet or a problem")
  func fuzz() {
    var random = SplitMix(seed: 7)
    let alphabet = Array("0123456[]{}\",:\\u/at\u{e9}-.eE ".utf8)
    for _ in 0..<20_000 {
      var bytes = (0..<Int(random.next() % 24)).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] }
      if random.next() % 8 == 0 { bytes.append(UInt8(truncatingIfNeeded: random.next())) }
      let buffer = ByteBuffer(bytes: bytes)
      do {
        let packet = try SocketPacket(parsing: buffer)
        #expect(packet.arguments.allSatisfy { JSONScanner.isValue($0) })
      } catch {
        #expect(error != .binary || [53, 54].contains(bytes[0]))
      }
    }
  }

  @Test("what the server sends is well-formed, whatever the text")
  func encoding() throws {
    let odd = "quote \" back \\ line \n nul \u{0} é"
    let error = String(buffer: SocketPacket.connectError(odd, code: "X"))
    let body = ByteBuffer(string: String(error.dropFirst(2)))
    #expect(JSONScanner.members(of: body)?["message"].flatMap(JSONText.string) == odd)
    let event = SocketPacket.event(odd, payload: ByteBuffer(string: "{}"), offset: "h1:7")
    var parsed = event
    parsed.moveReaderIndex(forwardBy: 1)
    let packet = try SocketPacket(parsing: parsed)
    #expect(packet.name == odd)
    #expect(packet.arguments.map { String(buffer: $0) } == ["{}", #""h1:7""#])
    #expect(String(buffer: SocketPacket.ack(3, payload: nil)) == "433[]")
    #expect(String(buffer: SocketPacket.connected(sid: "s", pid: nil)) == #"40{"sid":"s"}"#)
    #expect(String(buffer: SocketPacket.connected(sid: "s", pid: "p")) == #"40{"sid":"s","pid":"p"}"#)
  }

  @Test(
    "strings are unescaped exactly",
    arguments: [
      (#""\u00e9\ud83d\ude00\n\/""#, "é😀\n/"), (#""plain""#, "plain"), (#""""#, ""),
    ])
  func strings(literal: String, text: String) {
    #expect(JSONText.string(ByteBuffer(string: literal)) == text)
  }

  @Test(
    "what is no whole string is none", arguments: [#""\ud83d""#, #""\ude00""#, #""\ud83dx""#, #""\"#, "a", "\"", "1"])
  func notStrings(literal: String) {
    #expect(JSONText.string(ByteBuffer(string: literal)) == nil)
  }
}

/// A small random source with a seed, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
