import Core
import Hummingbird
import NIOCore
import NIOEmbedded
import Realtime
import Testing

@testable import Gateway

@Suite("How long a connection may take")
struct ConnectionTimingTests {
  /// A connection on a loop whose time only moves when it is told; no request ever reaches a handler.
  private static func open() throws -> EmbeddedChannel {
    let channel = EmbeddedChannel()
    let hub = SocketHub(
      eventLoops: [channel.embeddedEventLoop],
      handlers: SocketHandlers(
        authenticate: { _, _ in .failure(.unauthorized) }, subscribe: { _, _, _ in .failure(.unauthorized) }),
      clock: SocketClock(calendar: { Timestamp(microseconds: 0) }))
    let services = ConnectionServices(
      options: ServerOptions(), respond: { _, _ in Response(status: .ok) }, hub: hub, activity: ServerActivity(),
      onlySockets: true, onUnhandledError: { _ in })
    try Listener.configure(channel, services, nil)
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    return channel
  }

  private static func output(_ channel: EmbeddedChannel) throws -> String {
    var text = ""
    while let bytes = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: bytes) }
    return text
  }

  @Test("a connection that says nothing is closed after 10 s without a word, not before")
  func silent() throws {
    let channel = try Self.open()
    channel.embeddedEventLoop.advanceTime(by: .milliseconds(9_999))
    #expect(channel.isActive)
    channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
    #expect(!channel.isActive)
    #expect(try Self.output(channel).isEmpty)
  }

  @Test("a head that drips is answered 408 after 10 s, however often a byte comes")
  func dripping() throws {
    let channel = try Self.open()
    for byte in "GET / HTT" {
      try channel.writeInbound(ByteBuffer(string: String(byte)))
      channel.embeddedEventLoop.advanceTime(by: .seconds(1))
    }
    #expect(try Self.output(channel).isEmpty)
    channel.embeddedEventLoop.advanceTime(by: .seconds(1))
    #expect(try Self.output(channel).hasPrefix("HTTP/1.1 408 "))
    channel.embeddedEventLoop.advanceTime(by: .seconds(2))
    #expect(!channel.isActive)
  }

  @Test("a body that does not come is answered 408 after 30 s")
  func slowBody() throws {
    let channel = try Self.open()
    try channel.writeInbound(ByteBuffer(string: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab"))
    channel.embeddedEventLoop.advanceTime(by: .milliseconds(29_999))
    #expect(try Self.output(channel).isEmpty)
    channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
    #expect(try Self.output(channel).hasPrefix("HTTP/1.1 408 "))
  }

  @Test("a connection kept alive is closed after 60 s of silence, a slow next head after 10 s")
  func keptAlive() throws {
    let channel = try Self.open()
    let request = ByteBuffer(string: "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n")
    for _ in 0..<3 {
      try channel.writeInbound(request)
      #expect(try Self.output(channel).hasPrefix("HTTP/1.1 404 "))
      channel.embeddedEventLoop.advanceTime(by: .seconds(59))
      #expect(channel.isActive)
    }
    try channel.writeInbound(ByteBuffer(string: "GET"))
    channel.embeddedEventLoop.advanceTime(by: .seconds(10))
    #expect(try Self.output(channel).hasPrefix("HTTP/1.1 408 "))

    let other = try Self.open()
    try other.writeInbound(request)
    _ = try Self.output(other)
    try other.writeInbound(ByteBuffer(string: "GET"))
    other.embeddedEventLoop.advanceTime(by: .milliseconds(9_999))
    #expect(try Self.output(other).isEmpty)
    other.embeddedEventLoop.advanceTime(by: .milliseconds(1))
    #expect(try Self.output(other).hasPrefix("HTTP/1.1 408 "))

    let idle = try Self.open()
    try idle.writeInbound(request)
    _ = try Self.output(idle)
    idle.embeddedEventLoop.advanceTime(by: .seconds(60))
    #expect(!idle.isActive)
    #expect(try Self.output(idle).isEmpty)
  }
}
