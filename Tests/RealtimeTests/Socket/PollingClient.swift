import Core
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import Realtime

/// A hub on real event loops with handlers that know a few people, and clocks that only move when they are told.
struct HubBench {
  let hub: SocketHub
  let loops: [any EventLoop]
  let clock = ManualClock()
  let presence = PresenceLog()

  init(
    limits: SocketLimits = SocketLimits(),
    replay: @escaping @Sendable (Set<String>, String) async -> [SocketEvent]? = { _, _ in nil },
    place: @escaping @Sendable (SocketIdentity) async -> Result<SocketEvent, SocketRefusal> = { _ in
      .success(SocketEvent(name: "queue:position", payload: ByteBuffer(string: #"{"position":3}"#)))
    }
  ) {
    loops = Array(MultiThreadedEventLoopGroup.singleton.makeIterator().prefix(2))
    let clock = self.clock
    let presence = self.presence
    let handlers = SocketHandlers(
      authenticate: { token, _ in
        guard token.hasPrefix("token-of-") else {
          return .failure(SocketRefusal("The token is not valid.", code: "UNAUTHORIZED"))
        }
        let user = String(token.dropFirst(9))
        return .success(
          SocketIdentity(
            userId: user, sessionId: "session-of-\(user)", rooms: ["user:\(user)", "hospital:h1"],
            expiresAt: user == "brief" ? Timestamp(microseconds: 600_000_000) : nil))
      },
      subscribe: { identity, _, arguments in
        guard arguments.first == ByteBuffer(string: #"{"hospitalId":"h1"}"#) else {
          return .failure(SocketRefusal("Not your hospital.", code: "FORBIDDEN"))
        }
        return .success(["hospital:h1:alerts"])
      },
      follow: { ticket in
        guard ticket.hasPrefix("ticket-") else { return .failure(.badTicket) }
        return .success(
          SocketIdentity(
            userId: ticket, sessionId: ticket, token: ticket, rooms: [ticket],
            expiresAt: Timestamp(microseconds: 600_000_000), isFollower: true))
      },
      place: { await place($0) },
      onEvent: { _, _, arguments in arguments.first },
      replay: replay,
      onPresence: { presence.add($0) })
    hub = SocketHub(
      eventLoops: loops, handlers: handlers, limits: limits,
      clock: SocketClock(uptime: { clock.uptime }, calendar: { Timestamp(microseconds: clock.microseconds) }))
  }

  /// Opens a polling session on one of the loops; nil when the hub refuses.
  func open(loop: Int = 0, address: String = "10.0.0.1", userAgent: String = "test") async throws -> PollingClient? {
    let handshake = SocketHandshake(address: address, userAgent: userAgent)
    let answer = try await hub.openPolling(handshake, on: loops[loop % loops.count]).get()
    guard case .payload(var packet) = answer else { return nil }
    packet.moveReaderIndex(forwardBy: 1)
    guard let sid = JSONScanner.members(of: packet)?["sid"].flatMap(JSONText.string) else { return nil }
    return PollingClient(hub: hub, loop: loops[0], sid: sid)
  }

  /// Opens a session and signs in on it.
  func member(_ user: String, loop: Int = 0, more: String = "") async throws -> PollingClient {
    let client = try #require(try await open(loop: loop))
    try await client.send(#"40{"token":"token-of-\#(user)"\#(more)}"#)
    client.greeting.withLock { $0 = [] }
    let packets = try await client.receive()
    #expect(packets.first?.hasPrefix(#"40{"sid""#) == true)
    client.greeting.withLock { $0 = packets }
    return client
  }

  /// What a client hears that is told to go and stays: why, and the end after half a second.
  func last(of client: PollingClient) async throws -> [String] {
    var told: [String] = []
    repeat { told += try await client.receive() } while told.last.map { $0 == "41" || $0.hasPrefix("44") } == false
    let poll = hub.poll(client.sid, on: loops[0])
    _ = await hub.list()
    clock.advance(milliseconds: 499)
    await hub.tick()
    #expect(hub.knows(client.sid), "the client has not had its time")
    clock.advance(milliseconds: 1)
    await hub.tick()
    guard case .payload(let end) = try await poll.answer.get() else { return told }
    return told + [String(buffer: end)]
  }

  func emit(_ name: String, _ number: Int, to rooms: [String]) {
    hub.emit(
      SocketEvent(name: name, payload: ByteBuffer(string: "{\"n\":\(number)}"), offset: "h1:\(number)"), rooms: rooms)
  }
}

/// One polling client, as the HTTP server would speak for it.
final class PollingClient: Sendable {
  let hub: SocketHub
  let loop: any EventLoop
  let sid: String
  /// What came with the answer to CONNECT.
  let greeting = Mutex<[String]>([])

  init(hub: SocketHub, loop: any EventLoop, sid: String) {
    self.hub = hub
    self.loop = loop
    self.sid = sid
  }

  @discardableResult
  func send(_ text: String) async throws -> PollAnswer {
    try await hub.post(sid, ByteBuffer(string: text), on: loop).get()
  }

  func poll() async throws -> PollAnswer { try await hub.poll(sid, on: loop).answer.get() }

  /// The packets of the next answer; empty when the session is gone.
  func receive() async throws -> [String] {
    guard case .payload(let payload) = try await poll() else { return [] }
    return String(buffer: payload).split(separator: "\u{1e}").map(String.init)
  }

  /// Packets up to and including the first that begins so; stops at the session's end.
  func receive(until prefix: String) async throws -> [String] {
    var all: [String] = []
    while all.last?.hasPrefix(prefix) != true {
      let packets = try await receive()
      guard !packets.isEmpty else { return all }
      for packet in packets {
        all.append(packet)
        if packet.hasPrefix(prefix) { break }
      }
    }
    return all
  }
}

final class ManualClock: Sendable {
  private let nanoseconds = Atomic<UInt64>(1_000_000_000_000)
  var uptime: NIODeadline { .uptimeNanoseconds(nanoseconds.load(ordering: .relaxed)) }
  /// The calendar starts at zero.
  var microseconds: Int64 { Int64(nanoseconds.load(ordering: .relaxed) - 1_000_000_000_000) / 1_000 }
  func advance(milliseconds: UInt64) { nanoseconds.add(milliseconds * 1_000_000, ordering: .relaxed) }
}

final class PresenceLog: Sendable {
  private let lines = Mutex<[String]>([])
  var all: [String] { lines.withLock { $0 } }
  func add(_ presence: SocketPresence) {
    let line =
      switch presence {
      case .joined(_, let identity): "joined \(identity.userId)"
      case .left(_, let identity, let reason): "left \(identity.userId) \(reason.rawValue)"
      }
    lines.withLock { $0.append(line) }
  }
}
