import NIOCore
import Realtime
import Testing

@testable import Gateway

@Suite("Sockets over the server")
struct SocketUpgradeTests {
  private static func get(_ bench: ServerBench, _ query: String) async throws -> String {
    let answer = try await RawClient.with(port: bench.port) { client in
      try await client.send("GET /socket.io/?EIO=4&\(query) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
      return await client.readAll()
    }
    return answer.split(separator: "\r\n\r\n", maxSplits: 1).last.map(String.init) ?? ""
  }

  private static func post(_ bench: ServerBench, _ sid: String, _ text: String) async throws -> String {
    try await RawClient.with(port: bench.port) { client in
      try await client.send(
        "POST /socket.io/?EIO=4&transport=polling&sid=\(sid) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
          + "Content-Length: \(text.utf8.count)\r\n\r\n\(text)")
      return await client.readAll()
    }
  }

  private static func sid(_ open: String) throws -> String {
    let start = try #require(open.firstRange(of: "\"sid\":\"")).upperBound
    return String(open[start...].prefix(20))
  }

  @Test("139, 147: WebSocket alone: handshake, sign-in, event, acknowledgement, on both ports")
  func websocket() async throws {
    try await ServerBench.with { bench in
      for port in [bench.port, bench.socketPort] {
        try await RawClient.with(port: port) { client in
          let head = try await client.upgrade()
          #expect(head.hasPrefix("HTTP/1.1 101 ") && head.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
          #expect(try await client.frame()?.body.hasPrefix(#"0{"sid":""#) == true)
          try await client.sendFrame(#"40{"token":"token-of-amy"}"#)
          #expect(try await client.frame()?.body.hasPrefix(#"40{"sid":""#) == true)
          try await client.sendFrame(#"425["echo",{"a":1}]"#)
          #expect(try await client.frame()?.body == #"435[{"a":1}]"#)
          bench.hub.emit(SocketEvent(name: "alert:new", payload: ByteBuffer(string: "{}")), rooms: ["all"])
          #expect(try await client.frame()?.body == #"42["alert:new",{}]"#)
        }
      }
    }
  }

  @Test("139: the socket port serves sockets only")
  func socketPort() async throws {
    try await ServerBench.with { bench in
      let answer = try await RawClient.with(port: bench.socketPort) { client in
        try await client.send("GET /api HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        return await client.readAll()
      }
      #expect(answer.hasPrefix("HTTP/1.1 404 "))
    }
  }

  @Test("147: moving from polling to WebSocket loses nothing, repeats nothing and keeps the order")
  func upgrade() async throws {
    try await ServerBench.with { bench in
      let sid = try Self.sid(try await Self.get(bench, "transport=polling"))
      #expect(try await Self.post(bench, sid, #"40{"token":"token-of-amy"}"#).hasSuffix("ok"))
      #expect(try await Self.get(bench, "transport=polling&sid=\(sid)").hasPrefix("40{"))
      try await RawClient.with(port: bench.port) { client in
        _ = try await client.upgrade("&sid=\(sid)")
        // Events before the probe go by polling, those after the upgrade packet by WebSocket, in between by either.
        for number in 0..<5 { Self.emit(bench, number) }
        var seen = Self.numbers(try await Self.get(bench, "transport=polling&sid=\(sid)"))
        #expect(seen == Array(0..<5))
        try await client.sendFrame("2probe")
        #expect(try await client.frame()?.body == "3probe")
        for number in 5..<8 { Self.emit(bench, number) }
        seen += Self.numbers(try await Self.get(bench, "transport=polling&sid=\(sid)"))
        for number in 8..<12 { Self.emit(bench, number) }
        try await client.sendFrame("5")
        for number in 12..<40 { Self.emit(bench, number) }
        while seen.last != 39 {
          guard let frame = try await client.frame() else { break }
          seen += Self.numbers(frame.body)
        }
        #expect(seen == Array(0..<40))
        #expect(await bench.hub.list().map(\.transport) == [.websocket])
        #expect(try await Self.get(bench, "transport=polling&sid=\(sid)").contains("Transport mismatch"))
        try await client.sendFrame(#"421["echo",1]"#)
        #expect(try await client.frame()?.body == "431[1]")
      }
    }
  }

  @Test("a GET that hangs when the probe comes is ended with a noop")
  func hangingPoll() async throws {
    try await ServerBench.with { bench in
      let sid = try Self.sid(try await Self.get(bench, "transport=polling"))
      _ = try await Self.post(bench, sid, "40")
      _ = try await Self.get(bench, "transport=polling&sid=\(sid)")
      let hanging = Task { try await Self.get(bench, "transport=polling&sid=\(sid)") }
      try await RawClient.with(port: bench.port) { client in
        _ = try await client.upgrade("&sid=\(sid)")
        try await client.sendFrame("2probe")
        #expect(try await client.frame()?.body == "3probe")
        let answer = try await hanging.value
        #expect(answer == "6")
      }
    }
  }

  @Test(
    "what is no WebSocket is closed with its code",
    arguments: [
      ("x", UInt8(2), true, 1003), ("40", 1, false, 1002), ("x", 0, true, 1002), ("9", 1, true, 1002),
      ("2", 1, true, 1002), (#"42["early"]"#, 1, true, 1002), ("x", 3, true, 1002),
    ])
  func violations(text: String, opcode: UInt8, isMasked: Bool, code: Int) async throws {
    try await ServerBench.with { bench in
      try await RawClient.with(port: bench.port) { client in
        _ = try await client.upgrade()
        _ = try await client.frame()
        try await client.sendFrame(text, opcode: opcode, isMasked: isMasked)
        let last = try await client.frame()
        #expect(last?.opcode == 8)
        #expect(last?.bytes.map(Int.init) == [code >> 8, code & 255])
        #expect(try await client.frame() == nil)
      }
    }
  }

  @Test(
    "handshakes that cannot work are answered 400",
    arguments: [
      "EIO=3&transport=polling", "transport=polling", "EIO=4&transport=pigeon", "EIO=4",
      "EIO=4&transport=polling&sid=unknown", "EIO=4&transport=websocket&sid=unknown",
    ])
  func badHandshakes(query: String) async throws {
    try await ServerBench.with { bench in
      let answer = try await RawClient.with(port: bench.port) { client in
        try await client.send(
          "GET /socket.io/?\(query) HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade, close\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
        return await client.readAll()
      }
      #expect(answer.hasPrefix("HTTP/1.1 400 ") && answer.contains(#""code":"BAD_REQUEST""#))
    }
  }

  @Test("a page of a foreign origin opens no socket; one of the server's own does")
  func origins() async throws {
    try await ServerBench.with { bench in
      for (origin, status) in [("https://evil.example", "403"), ("http://ward", "200"), ("null", "403")] {
        let answer = try await RawClient.with(port: bench.port) { client in
          try await client.send(
            "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: ward\r\nOrigin: \(origin)\r\n"
              + "Connection: close\r\n\r\n")
          return await client.readAll()
        }
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
      }
    }
  }

  @Test("334: at a stop sockets are closed without DISCONNECT")
  func stop() async throws {
    try await ServerBench.with { bench in
      try await RawClient.with(port: bench.port) { client in
        _ = try await client.upgrade()
        _ = try await client.frame()
        try await client.sendFrame(#"40{"token":"token-of-amy"}"#)
        _ = try await client.frame()
        await bench.stop()
        let last = try await client.frame()
        #expect(last?.opcode == 8)
        #expect(try await client.frame() == nil)
      }
    }
  }

  private static func emit(_ bench: ServerBench, _ number: Int) {
    bench.hub.emit(SocketEvent(name: "e", payload: ByteBuffer(string: "\(number)")), rooms: ["all"])
  }

  private static func numbers(_ payload: String) -> [Int] {
    payload.split(separator: "\u{1e}").compactMap { packet in
      packet.hasPrefix(#"42["e","#) ? Int(packet.dropFirst(7).dropLast()) : nil
    }
  }
}
