import Core
import NIOCore
import Testing

@testable import Realtime

@Suite("Following a line by a ticket", .timeLimit(.minutes(1)))
struct FollowerTests {
  private func guest(_ bench: HubBench) async throws -> PollingClient {
    let client = try #require(try await bench.open())
    try await client.send("40")
    _ = try await client.receive()
    return client
  }

  private let track = #"427["track-queue",{"token":"ticket-7"}]"#

  @Test("154: a ticket joins its one room, tells how it stands, and makes nobody present")
  func follows() async throws {
    let bench = HubBench()
    let client = try await guest(bench)
    try await client.send(track)
    #expect(
      try await client.receive(until: #"42["queue:position""#) == [
        #"437[{"ok":true}]"#, #"42["queue:position",{"position":3}]"#,
      ])
    #expect(await bench.hub.list().first?.rooms == ["ticket-7"])
    bench.emit("queue:position", 2, to: ["ticket-7"])
    bench.emit("queue:position", 9, to: ["ticket-8"])
    bench.emit("alert:new", 1, to: ["hospital:h1:alerts"])
    #expect(try await client.receive() == [#"42["queue:position",{"n":2}]"#])
    try await client.send("41")
    #expect(bench.presence.all.isEmpty)
  }

  @Test("154: what happens while the place is read comes after it, so that the last word is the newest")
  func keepsOrder() async throws {
    let (gate, opener) = AsyncStream<Void>.makeStream()
    let (asked, asking) = AsyncStream<Void>.makeStream()
    let bench = HubBench(place: { _ in
      asking.yield()
      for await _ in gate { break }
      return .success(SocketEvent(name: "queue:position", payload: ByteBuffer(string: #"{"n":5}"#)))
    })
    let client = try await guest(bench)
    try await client.send(track)
    for await _ in asked { break }
    bench.emit("queue:position", 4, to: ["ticket-7"])
    opener.yield()
    #expect(
      try await client.receive(until: #"42["queue:position",{"n":4}]"#) == [
        #"437[{"ok":true}]"#, #"42["queue:position",{"n":5}]"#, #"42["queue:position",{"n":4}]"#,
      ])
  }

  @Test("154: what is no ticket is told and closed, and leaves no place taken")
  func refused() async throws {
    let bench = HubBench()
    let client = try await guest(bench)
    try await client.send(#"427["track-queue",{"token":"nonsense"}]"#)
    let told = try await bench.last(of: client)
    #expect(told.first?.contains("INVALID_TOKEN") == true)
    #expect(bench.hub.count == 0 && bench.hub.peopleCount == 0)
  }

  @Test("154: at the end of its ticket a follower is told and closed, not before")
  func ends() async throws {
    let bench = HubBench()
    let client = try await guest(bench)
    try await client.send(track)
    _ = try await client.receive(until: #"42["queue:position""#)
    for _ in 0..<23 {
      bench.clock.advance(milliseconds: 26_000)
      await bench.hub.tick()
      #expect(try await client.receive() == ["2"])
      try await client.send("3")
    }
    bench.clock.advance(milliseconds: 3_000)
    await bench.hub.tick()
    let packets = try await bench.last(of: client)
    #expect(packets.first?.contains("TOKEN_EXPIRED") == true)
    #expect(bench.hub.peopleCount == 0)
  }
}
