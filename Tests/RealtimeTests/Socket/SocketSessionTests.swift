import NIOCore
import Synchronization
import Testing

@testable import Realtime

@Suite("Signing in and subscribing on a socket", .timeLimit(.minutes(1)))
struct SocketSessionTests {
  @Test("140: a valid token by event joins the person's rooms")
  func authByEvent() async throws {
    let bench = HubBench()
    let client = try #require(try await bench.open())
    try await client.send("40")
    _ = try await client.receive()
    try await client.send(#"427["auth",{"token":"token-of-amy"}]"#)
    #expect(
      try await client.receive(until: #"42["auth:success""#) == [
        #"437[{"ok":true}]"#, #"42["auth:success",{"userId":"amy"}]"#,
      ])
    #expect(await bench.hub.list().first?.rooms == ["hospital:h1", "user:amy"])
  }

  @Test("140: an invalid token by event is told and closed")
  func badEvent() async throws {
    let bench = HubBench()
    let client = try #require(try await bench.open())
    try await client.send("40")
    _ = try await client.receive()
    try await client.send(#"42["auth",{"token":"nonsense"}]"#)
    #expect(
      try await bench.last(of: client) == [
        #"42["auth:error",{"message":"The token is not valid.","code":"UNAUTHORIZED"}]"#, "41", "1",
      ])
    #expect(try await client.poll() == .unknownSession)
    #expect(bench.hub.count == 0)
  }

  @Test("140: an invalid token in the handshake is answered CONNECT_ERROR and closed")
  func badHandshake() async throws {
    let bench = HubBench()
    let client = try #require(try await bench.open())
    try await client.send(#"40{"token":"nonsense"}"#)
    #expect(
      try await bench.last(of: client) == [
        #"44{"message":"The token is not valid.","data":{"code":"UNAUTHORIZED"}}"#, "1",
      ])
    #expect(bench.hub.count == 0)
  }

  @Test(
    "140: a client that says goodbye when it is told to go is never told the end while it leaves",
    arguments: [
      #"40{"token":"nonsense"}"#, "40\u{1e}42[\"auth\",{\"token\":\"nonsense\"}]",
    ])
  func goodbye(text: String) async throws {
    let bench = HubBench()
    let client = try #require(try await bench.open())
    try await client.send(text)
    var told: [String] = []
    repeat { told += try await client.receive() } while told.last.map { $0 == "41" || $0.hasPrefix("44") } == false
    let poll = bench.hub.poll(client.sid, on: bench.loops[0])
    try await client.send("1")
    #expect(try await poll.answer.get() == .payload(ByteBuffer(string: "6")))
    #expect(bench.hub.count == 0 && !told.contains("1"))
  }

  @Test("140: why it is told to go waits ten seconds for a client, and its time to leave begins when it hears it")
  func lateGoodbye() async throws {
    let bench = HubBench()
    let client = try #require(try await bench.open())
    let never = try #require(try await bench.open(loop: 1))
    for guest in [client, never] {
      try await guest.send("40")
      #expect(try await guest.receive().first?.hasPrefix("40") == true)
      try await guest.send(#"42["auth",{}]"#)
    }
    bench.clock.advance(milliseconds: 9_900)
    await bench.hub.tick()
    #expect(try await bench.last(of: client).suffix(2) == ["41", "1"])
    #expect(bench.hub.count == 0, "nobody fetched the other")
  }

  @Test("140: who does not sign in within 10 s is told and closed")
  func idle() async throws {
    let bench = HubBench()
    let guest = try #require(try await bench.open())
    try await guest.send("40")
    _ = try await guest.receive()
    let mute = try #require(try await bench.open(loop: 1))
    let amy = try await bench.member("amy")
    bench.clock.advance(milliseconds: 9_000)
    await bench.hub.tick()
    #expect(bench.hub.count == 3)
    bench.clock.advance(milliseconds: 1_000)
    await bench.hub.tick()
    #expect(try await mute.receive() == ["1"])
    let packets = try await bench.last(of: guest)
    #expect(packets.first?.hasPrefix(#"42["auth:error""#) == true && packets.suffix(2) == ["41", "1"])
    #expect(bench.hub.count == 1)
    bench.emit("hello", 1, to: ["user:amy"])
    #expect(try await amy.receive() == [#"42["hello",{"n":1}]"#])
  }

  @Test("141: one's own hospital joins, another is refused, told by acknowledgement or by event")
  func subscribe() async throws {
    let bench = HubBench()
    let amy = try await bench.member("amy")
    try await amy.send(#"421["subscribe:alerts",{"hospitalId":"h1"}]"#)
    #expect(try await amy.receive() == [#"431[{"ok":true}]"#])
    try await amy.send(#"422["subscribe:alerts",{"hospitalId":"h2"}]"#)
    #expect(try await amy.receive() == [#"432[{"ok":false,"error":"Not your hospital.","code":"FORBIDDEN"}]"#])
    try await amy.send(#"42["subscribe:alerts",{"hospitalId":"h2"}]"#)
    #expect(
      try await amy.receive() == [
        #"42["subscribe:error",{"event":"subscribe:alerts","error":"Not your hospital.","code":"FORBIDDEN"}]"#
      ])
    bench.emit("alert:new", 1, to: ["hospital:h1:alerts"])
    #expect(try await amy.receive() == [#"42["alert:new",{"n":1}]"#])
    try await amy.send(#"423["unsubscribe:alerts",{"hospitalId":"h1"}]"#)
    #expect(try await amy.receive() == [#"433[{"ok":true}]"#])
    #expect(await bench.hub.members(of: "hospital:h1:alerts").isEmpty)
  }

  @Test("141: nobody subscribes before signing in")
  func guest() async throws {
    let bench = HubBench()
    let client = try #require(try await bench.open())
    try await client.send("40")
    _ = try await client.receive()
    try await client.send(#"421["subscribe:alerts",{"hospitalId":"h1"}]"#)
    #expect(try await client.receive() == [#"431[{"ok":false,"error":"Sign in first.","code":"UNAUTHORIZED"}]"#])
    #expect(await bench.hub.members(of: "hospital:h1:alerts").isEmpty)
  }

  @Test("events of one client are handled in the order in which they were sent")
  func ordered() async throws {
    let bench = HubBench()
    let amy = try await bench.member("amy")
    let sent = (0..<40).map { #"42\#($0)["echo",\#($0)]"# }.joined(separator: "\u{1e}")
    try await amy.send(sent)
    #expect(try await amy.receive(until: "4339") == (0..<40).map { "43\($0)[\($0)]" })
  }

  @Test("a socket does not outlive its session's expiry")
  func expiry() async throws {
    let bench = HubBench()
    let brief = try await bench.member("brief")
    for _ in 0..<23 {
      bench.clock.advance(milliseconds: 26_000)
      await bench.hub.tick()
      #expect(try await brief.receive() == ["2"])
      try await brief.send("3")
    }
    bench.clock.advance(milliseconds: 3_000)
    await bench.hub.tick()
    let packets = try await bench.last(of: brief)
    #expect(packets.first?.hasPrefix(#"42["auth:error""#) == true)
    #expect(bench.presence.all.last == "left brief expired")
  }

  @Test("a fresh token of somebody else does not change who the socket speaks for")
  func noSwitch() async throws {
    let bench = HubBench()
    let amy = try await bench.member("amy")
    try await amy.send(#"42["auth",{"token":"token-of-bob"}]"#)
    #expect(try await bench.last(of: amy).last == "1")
    #expect(bench.presence.all == ["joined amy", "left amy authenticationFailed"])
  }

  @Test("limits per address and per person hold, and are given back")
  func limits() async throws {
    var limits = SocketLimits()
    limits.maximumGuestsPerAddress = 2
    limits.maximumSocketsPerUser = 1
    let bench = HubBench(limits: limits)
    let first = try await bench.member("amy")
    _ = try #require(try await bench.open())
    let third = try #require(try await bench.open(loop: 1))
    #expect(try await bench.open() == nil)
    #expect(try await bench.open(address: "10.0.0.2") != nil)
    try await third.send(#"40{"token":"token-of-amy"}"#)
    let told = try await bench.last(of: third)
    #expect(told.count == 2 && told.first?.contains("TOO_MANY_REQUESTS") == true && told.last == "1")
    try await first.send("1")
    _ = try await bench.member("amy")
  }

  @Test("a client that sends too much is told and closed")
  func rate() async throws {
    let bench = HubBench()
    let amy = try await bench.member("amy")
    try await amy.send((0..<120).map { _ in "3" }.joined(separator: "\u{1e}"))
    let packets = try await amy.receive(until: "1")
    #expect(packets.first?.contains("TOO_MANY_REQUESTS") == true && packets.last == "1")
    #expect(bench.hub.count == 0)
  }

  @Test("a polling reader that never comes is dropped when more than the limit waits for it")
  func slow() async throws {
    var limits = SocketLimits()
    limits.maximumOutboundBytes = 1_000
    let bench = HubBench(limits: limits)
    let amy = try await bench.member("amy")
    for number in 0..<100 { bench.emit("alert:new", number, to: ["user:amy"]) }
    _ = await bench.hub.list()
    #expect(bench.presence.all.last == "left amy slowReader")
    #expect(try await amy.receive() == ["1"])
    #expect(try await amy.poll() == .unknownSession)
  }

  @Test("a second GET at the same time closes the session: the first gets a close packet, the second 400")
  func overlap() async throws {
    let bench = HubBench()
    let amy = try await bench.member("amy")
    let first = bench.hub.poll(amy.sid, on: bench.loops[0])
    let second = bench.hub.poll(amy.sid, on: bench.loops[0])
    #expect(try await first.answer.get() == .payload(ByteBuffer(string: "1")))
    #expect(try await second.answer.get() == .overlap)
    #expect(try await amy.poll() == .unknownSession)
  }

  @Test(
    "what is not the protocol closes the socket",
    arguments: ["9", "2", "40", "42{}", #"42["connect"]"#, "4", #"42/other,["x"]"#, "b4AQID", "4x"])
  func violations(text: String) async throws {
    let bench = HubBench()
    let amy = try await bench.member("amy")
    try await amy.send(text)
    #expect(try await amy.receive(until: "1").last == "1")
    #expect(bench.hub.count == 0)
  }

  @Test("another namespace is refused, and the main one works on")
  func namespaces() async throws {
    let bench = HubBench()
    let amy = try await bench.member("amy")
    try await amy.send("40/admin,")
    #expect(try await amy.receive() == [#"44/admin,{"message":"Invalid namespace","data":{"code":"NOT_FOUND"}}"#])
    try await amy.send(#"420["echo",1]"#)
    #expect(try await amy.receive() == ["430[1]"])
  }
}
