import NIOCore
import Synchronization
import Testing

@testable import Realtime

@Suite("Coming back after a drop")
struct RecoveryTests {
  private func event(_ number: Int) -> SocketEvent {
    SocketEvent(name: "alert:new", payload: ByteBuffer(string: "{\"n\":\(number)}"), offset: "h1:\(number)")
  }

  private func pid(_ client: PollingClient) throws -> (sid: String, pid: String) {
    let text = try #require(client.greeting.withLock { $0.first })
    let members = try #require(JSONScanner.members(of: ByteBuffer(string: String(text.dropFirst(2)))))
    let sid = try #require(members["sid"].flatMap(JSONText.string))
    return (sid, try #require(members["pid"].flatMap(JSONText.string)))
  }

  @Test("only a client that takes part gets a private id and offsets")
  func optIn() async throws {
    let bench = HubBench()
    let plain = try await bench.member("amy")
    let taking = try await bench.member("bob", more: #","recovery":true"#)
    #expect(plain.greeting.withLock { $0.first?.contains("pid") } == false)
    _ = try pid(taking)
    bench.emit("alert:new", 4, to: ["hospital:h1"])
    #expect(try await plain.receive() == [#"42["alert:new",{"n":4}]"#])
    #expect(try await taking.receive() == [#"42["alert:new",{"n":4},"h1:4"]"#])
  }

  @Test("148: a client coming back with its last offset misses nothing and gets nothing twice")
  func recovered() async throws {
    let bench = HubBench(replay: { [self] rooms, offset in
      #expect(offset == "h1:1" && rooms.contains("hospital:h1:alerts") && rooms.contains("user:amy"))
      return [event(2), event(3)]
    })
    let amy = try await bench.member("amy", more: #","recovery":true"#)
    let known = try pid(amy)
    try await amy.send(#"421["subscribe:alerts",{"hospitalId":"h1"}]"#)
    _ = try await amy.receive()
    bench.clock.advance(milliseconds: 25_000)
    await bench.hub.tick()
    bench.clock.advance(milliseconds: 60_000)
    await bench.hub.tick()
    #expect(bench.presence.all.last == "left amy pingTimeout")

    let back = try await bench.member("amy", more: #","pid":"\#(known.pid)","offset":"h1:1""#)
    var packets = back.greeting.withLock { $0 }
    if packets.count < 3 { packets += try await back.receive(until: #"42["alert:new",{"n":3}"#) }
    #expect(
      packets == [
        #"40{"sid":"\#(known.sid)","pid":"\#(known.pid)"}"#, #"42["alert:new",{"n":2},"h1:2"]"#,
        #"42["alert:new",{"n":3},"h1:3"]"#,
      ])
    #expect(await bench.hub.members(of: "hospital:h1:alerts").count == 1)
  }

  @Test("148: events that come while the missed ones are read arrive once, after them")
  func heldBack() async throws {
    let gate = Gate()
    let bench = HubBench(replay: { [self] _, _ in
      await gate.passThrough()
      return [event(2), event(3)]
    })
    let amy = try await bench.member("amy", more: #","recovery":true"#)
    let known = try pid(amy)
    let back = try #require(try await bench.open(loop: 1))
    // The old connection is still open: the client noticed first.
    try await back.send(#"40{"token":"token-of-amy","pid":"\#(known.pid)","offset":"h1:1"}"#)
    await gate.reached()
    bench.emit("alert:new", 3, to: ["user:amy"])
    bench.emit("alert:new", 4, to: ["user:amy"])
    _ = await bench.hub.list()
    await gate.open()
    let numbers = try await back.receive(until: #"42["alert:new",{"n":4}"#).dropFirst().map { $0.suffix(6) }
    #expect(numbers == [#"h1:2"]"#, #"h1:3"]"#, #"h1:4"]"#].map { $0.suffix(6) })
    #expect(bench.hub.count == 1)
    #expect(bench.presence.all.contains("left amy replaced"))
  }

  @Test("151: what a node that lags behind delivers late is not told again to a client that had it elsewhere")
  func lagging() async throws {
    let hospital = "00000000-0000-7000-8000-000000000001"
    let bench = HubBench(replay: { _, _ in [] })
    let amy = try await bench.member("amy", more: #","recovery":true"#)
    let known = try pid(amy)
    let back = try await bench.member("amy", more: #","pid":"\#(known.pid)","offset":"\#(hospital):5""#)
    #expect(try pid(back) == known)
    for number in 4...7 {
      let late = SocketEvent(
        name: "alert:new", payload: ByteBuffer(string: "{\"n\":\(number)}"), offset: "\(hospital):\(number)")
      bench.hub.emit(late, rooms: ["user:amy"])
    }
    let heard = try await back.receive(until: #"42["alert:new",{"n":7}"#).filter { $0.hasPrefix("42") }
    #expect(heard.map { $0.prefix(22) } == [#"42["alert:new",{"n":6}"#, #"42["alert:new",{"n":7}"#])
  }

  @Test("somebody else's private id, an unknown one, or a log that cannot tell start a fresh session")
  func fresh() async throws {
    let bench = HubBench()
    let amy = try await bench.member("amy", more: #","recovery":true"#)
    let known = try pid(amy)
    let eve = try await bench.member("eve", more: #","pid":"\#(known.pid)","offset":"h1:1""#)
    #expect(try pid(eve) != known)
    #expect(bench.presence.all == ["joined amy", "joined eve"])
    let again = try await bench.member("amy", more: #","pid":"\#(known.pid)","offset":"h1:1""#)
    #expect(try pid(again) != known)
    bench.emit("alert:new", 9, to: ["user:amy"])
    #expect(try await again.receive() == [#"42["alert:new",{"n":9},"h1:9"]"#])
  }
}

/// Holds one visitor until it is opened.
actor Gate {
  private var isOpen = false
  private var isReached = false
  private var visitors: [CheckedContinuation<Void, Never>] = []
  private var watchers: [CheckedContinuation<Void, Never>] = []

  func passThrough() async {
    isReached = true
    for watcher in watchers { watcher.resume() }
    watchers.removeAll()
    guard !isOpen else { return }
    await withCheckedContinuation { visitors.append($0) }
  }

  func reached() async {
    guard !isReached else { return }
    await withCheckedContinuation { watchers.append($0) }
  }

  func open() {
    isOpen = true
    for visitor in visitors { visitor.resume() }
    visitors.removeAll()
  }
}
