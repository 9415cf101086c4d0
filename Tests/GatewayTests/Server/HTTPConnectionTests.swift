import NIOCore
import Testing

@testable import Gateway

@Suite("HTTP connections")
struct HTTPConnectionTests {
  struct Hostile: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: String
    let status: Int
    init(_ name: String, _ status: Int, _ bytes: String) {
      testDescription = name
      self.status = status
      self.bytes = bytes
    }
  }

  static let hostile: [Hostile] = [
    Hostile("garbage", 400, "\u{1}\u{2}garbage\r\n\r\n"),
    Hostile("no version", 400, "GET /\r\n\r\n"),
    Hostile("no host", 400, "GET / HTTP/1.1\r\n\r\n"),
    Hostile("two hosts", 400, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
    Hostile("target over 8 KiB", 414, "GET /\(String(repeating: "a", count: 8_192)) HTTP/1.1\r\nHost: a\r\n\r\n"),
    Hostile(
      "target over everything", 414, "GET /\(String(repeating: "a", count: 300_000)) HTTP/1.1\r\nHost: a\r\n\r\n"),
    Hostile(
      "one large header", 431, "GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "b", count: 17_000))\r\n\r\n"),
    Hostile(
      "many headers", 431,
      "GET / HTTP/1.1\r\nHost: a\r\n" + (0..<200).map { "X\($0): \(String(repeating: "b", count: 100))\r\n" }.joined()
        + "\r\n"),
    Hostile(
      "length and chunked", 400,
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    Hostile("two lengths", 400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
    Hostile("negative length", 400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n"),
    Hostile("announced body over 1 MiB", 413, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n"),
    Hostile(
      "chunked body over 1 MiB", 413,
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        + String(repeating: "10000\r\n\(String(repeating: "c", count: 65_536))\r\n", count: 17)),
    Hostile("bad chunk", 400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
    Hostile("another HTTP", 400, "GET / HTTP/3.0\r\nHost: a\r\n\r\n"),
  ]

  @Test("what is refused gets one complete JSON answer and the connection closed", arguments: hostile)
  func refused(_ hostile: Hostile) async throws {
    try await ServerBench.with { bench in
      let answer = try await RawClient.with(port: bench.port) { client in
        try await client.send(hostile.bytes)
        return await client.readAll()
      }
      #expect(answer.hasPrefix("HTTP/1.1 \(hostile.status) "))
      #expect(answer.components(of: "HTTP/1.1 ") == 1)
      #expect(answer.contains("Connection: close\r\n"))
      let body = answer.split(separator: "\r\n\r\n", maxSplits: 1).last ?? ""
      #expect(body.hasPrefix(#"{"error":""#) && body.hasSuffix(#","details":{}}"#) && body.contains(#","code":""#))
      #expect(answer.contains("Content-Length: \(body.utf8.count)\r\n"))
    }
  }

  @Test("pipelined requests are answered in order, and an error after them last")
  func pipelined() async throws {
    try await ServerBench.with { bench in
      let answer = try await RawClient.with(port: bench.port) { client in
        let many = (0..<40).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined()
        try await client.send(many + "\u{1}bad\r\n\r\n")
        return await client.readAll()
      }
      var rest = answer[...]
      for number in 0..<40 {
        let found = try #require(rest.firstRange(of: "GET /\(number) 0"))
        rest = rest[found.upperBound...]
      }
      #expect(rest.hasPrefix("HTTP/1.1 400 "))
      #expect(answer.components(of: "HTTP/1.1 ") == 41)
    }
  }

  @Test("the largest allowed body passes, with a length or in chunks")
  func largestBody() async throws {
    try await ServerBench.with { bench in
      let answer = try await RawClient.with(port: bench.port) { client in
        let body = String(repeating: "x", count: 1 << 20)
        try await client.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: \(1 << 20)\r\n\r\n\(body)")
        try await client.send(
          "POST /b HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n100000\r\n\(body)\r\n0\r\n\r\n"
        )
        return await client.readAll()
      }
      #expect(answer.contains("POST /a 1048576") && answer.hasSuffix("POST /b 1048576"))
    }
  }

  @Test("HTTP/1.0, HEAD, absolute targets and 100-continue are served")
  func variants() async throws {
    try await ServerBench.with { bench in
      func ask(_ text: String) async throws -> String {
        try await RawClient.with(port: bench.port) { client in
          try await client.send(text)
          return await client.readAll()
        }
      }
      #expect(try await ask("GET /old HTTP/1.0\r\n\r\n").hasSuffix("GET /old 0"))
      let head = try await ask("HEAD /big HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
      #expect(head.contains("Content-Length: 30000\r\n") && head.hasSuffix("\r\n\r\n"))
      #expect(
        try await ask("GET http://a/x?y=1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").hasSuffix("GET /x?y=1 0"))
      let continued = try await ask(
        "POST /c HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi")
      #expect(continued.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 ") && continued.hasSuffix("POST /c 2"))
      let other = try await ask("GET /u HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n")
      #expect(other.contains("Connection: close\r\n") && other.hasSuffix("GET /u 0"))
    }
  }

  @Test("a streamed answer is chunked; to HTTP/1.0 it ends with the connection")
  func streamed() async throws {
    try await ServerBench.with { bench in
      let new = try await RawClient.with(port: bench.port) { client in
        try await client.send("GET /stream HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        return await client.readAll()
      }
      #expect(new.hasSuffix("\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n"))
      let old = try await RawClient.with(port: bench.port) { client in
        try await client.send("GET /stream HTTP/1.0\r\n\r\n")
        return await client.readAll()
      }
      #expect(old.hasSuffix("\r\n\r\nonetwo") && !old.contains("chunked"))
    }
  }

  @Test("5: a fault inside answers a generic 500 and the connection lives on")
  func fault() async throws {
    try await ServerBench.with { bench in
      let answer = try await RawClient.with(port: bench.port) { client in
        try await client.send(
          "GET /fault HTTP/1.1\r\nHost: a\r\n\r\nGET /n HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        return await client.readAll()
      }
      #expect(answer.hasPrefix("HTTP/1.1 500 ") && answer.contains(#""code":"INTERNAL_SERVER_ERROR""#))
      #expect(!answer.contains("Cancellation") && answer.hasSuffix("GET /n 0"))
    }
  }

  @Test("334: at a stop a running request finishes, idle connections close, and new ones are refused")
  func gracefulStop() async throws {
    try await ServerBench.with { bench in
      try await RawClient.with(port: bench.port) { client in
        try await client.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
        await bench.requests.arrived()
        let idle = try await RawClient.with(port: bench.port) { idle in
          try await idle.send("GET /first HTTP/1.1\r\nHost: a\r\n\r\n")
          _ = try await idle.read(until: "GET /first 0")
          await bench.stop()
          return await idle.readAll()
        }
        #expect(idle.isEmpty)
        await bench.requests.open()
        let answer = await client.readAll()
        #expect(answer.hasPrefix("HTTP/1.1 200 ") && answer.hasSuffix("waited"))
        #expect(answer.contains("Connection: close\r\n"))
      }
      await #expect(throws: (any Error).self) {
        try await RawClient.with(port: bench.port) { _ in }
      }
    }
  }
}

extension String {
  /// How often the text occurs.
  func components(of text: String) -> Int { ranges(of: text).count }
}
