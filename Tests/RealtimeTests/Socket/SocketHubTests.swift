import Core
import NIOCore
import Testing

@testable import Realtime

@Suite("The hub: rooms and delivery", .timeLimit(.minutes(1)))
struct SocketHubTests {
  @Test("142, 145: an event to several rooms reaches each member of any of them exactly once, and nobody else")
  func exactlyOnce() async throws {
    let bench = HubBench()
    let amy = try await bench.member("amy")
    let bob = try await bench.member("bob", loop: 1)
    let eve = try await bench.open()
    try await eve?.send("40")
    _ = try await eve?.receive()
    bench.emit("alert:new", 1, to: ["hospital:h1", "user:amy", "hospital:h1", "nowhere"])
    bench.emit("only:bob", 2, to: ["user:bob"])
    bench.emit("last", 3, to: ["hospital:h1"])
    #expect(try await amy.receive(until: #"42["last""#) == [#"42["alert:new",{"n":1}]"#, #"42["last",{"n":3}]"#])
    #expect(
      try await bob.receive(until: #"42["last""#) == [
        #"42["alert:new",{"n":1}]"#, #"42["only:bob",{"n":2}]"#, #"42["last",{"n":3}]"#,
      ])
    try await eve?.send(#"421["subscribe:alerts",{}]"#)
    #expect(try await eve?.receive().first?.hasPrefix("431[") == true)
  }

  @Test("145: random rooms and members: what arrives is what set arithmetic says, in order")
  func property() async throws {
    let bench = HubBench()
    var random = SplitMix(seed: 3)
    var clients: [(PollingClient, String)] = []
    for number in 0..<6 {
      let user = "u\(number)"
      clients.append((try await bench.member(user, loop: number), user))
      for room in 0..<4 where random.next() % 2 == 0 { bench.hub.join("r\(room)", where: { $0.userId == user }) }
    }
    var membership: [Set<String>] = []
    for (_, user) in clients {
      membership.append(Set(await bench.hub.list().first { $0.userId == user }?.rooms ?? []))
    }
    var expected = Array(repeating: [String](), count: clients.count)
    for number in 0..<60 {
      let rooms = (0..<Int(random.next() % 3 + 1)).map { _ in "r\(random.next() % 5)" }
      bench.emit("e", number, to: rooms)
      for index in clients.indices where !membership[index].isDisjoint(with: rooms) {
        expected[index].append(#"42["e",{"n":\#(number)}]"#)
      }
    }
    bench.emit("end", 99, to: ["hospital:h1"])
    for (index, (client, _)) in clients.enumerated() {
      let received = try await client.receive(until: #"42["end""#)
      #expect(received.dropLast() == expected[index][...])
    }
  }

  @Test("who left a room, or the hub, hears nothing more")
  func leaving() async throws {
    let bench = HubBench()
    let amy = try await bench.member("amy")
    bench.hub.join("ward", where: { $0.userId == "amy" })
    #expect(await bench.hub.members(of: "ward").map(\.userId) == ["amy"])
    bench.hub.leave("ward", where: { _ in true })
    #expect(await bench.hub.members(of: "ward").isEmpty)
    bench.emit("a", 1, to: ["ward"])
    bench.emit("b", 2, to: ["user:amy"])
    #expect(try await amy.receive() == [#"42["b",{"n":2}]"#])
    try await amy.send("1")
    #expect(await bench.hub.list().isEmpty)
    #expect(bench.hub.count == 0 && bench.hub.peopleCount == 0)
    #expect(bench.presence.all == ["joined amy", "left amy clientLeft"])
  }

  @Test("149: connect time, address, agent, transport and user of every socket are listed")
  func listing() async throws {
    let bench = HubBench()
    bench.clock.advance(milliseconds: 5_000)
    let client = try await bench.open(address: "192.0.2.7", userAgent: "agent/1")
    try await client?.send(#"40{"token":"token-of-amy"}"#)
    _ = try await client?.receive()
    let info = try #require(await bench.hub.list().first)
    #expect(info.connectedAt.microseconds == 5_000_000 && info.address == "192.0.2.7" && info.userAgent == "agent/1")
    #expect(info.transport == .polling && info.userId == "amy" && info.sessionId == "session-of-amy")
    #expect(info.rooms == ["hospital:h1", "user:amy"])
  }

  @Test("a revoked session's sockets are told to stay away and closed, others are not")
  func revoked() async throws {
    let bench = HubBench()
    let amy = try await bench.member("amy")
    let bob = try await bench.member("bob", loop: 1)
    #expect(await bench.hub.disconnect(.revoked) { _, session in session == "session-of-amy" } == 1)
    #expect(try await bench.last(of: amy) == ["41", "1"])
    #expect(try await amy.poll() == .unknownSession)
    bench.emit("still", 1, to: ["hospital:h1"])
    #expect(try await bob.receive() == [#"42["still",{"n":1}]"#])
  }

  @Test("a shutdown ends waiting GETs without DISCONNECT, so that clients come back")
  func shutdown() async throws {
    let bench = HubBench()
    let amy = try await bench.member("amy")
    async let answer = amy.poll()
    while await bench.hub.list().isEmpty { await Task.yield() }
    await bench.hub.shutDown()
    let given = try await answer
    #expect(given == .shuttingDown || given == .unknownSession)
    #expect(bench.hub.count == 0)
  }

  @Test("146: a silent polling client is dropped after 85 s, not before")
  func silent() async throws {
    let bench = HubBench()
    let amy = try await bench.member("amy")
    bench.clock.advance(milliseconds: 25_000)
    await bench.hub.tick()
    #expect(try await amy.receive() == ["2"])
    bench.clock.advance(milliseconds: 59_000)
    await bench.hub.tick()
    #expect(bench.hub.count == 1)
    bench.clock.advance(milliseconds: 1_000)
    await bench.hub.tick()
    #expect(bench.hub.count == 0)
    #expect(bench.presence.all.last == "left amy pingTimeout")
  }

  @Test("146: a client that answers stays for hours")
  func answering() async throws {
    let bench = HubBench()
    let amy = try await bench.member("amy")
    for _ in 0..<300 {
      bench.clock.advance(milliseconds: 26_000)
      await bench.hub.tick()
      #expect(try await amy.receive() == ["2"])
      try await amy.send("3")
    }
    #expect(bench.hub.count == 1)
  }
}
