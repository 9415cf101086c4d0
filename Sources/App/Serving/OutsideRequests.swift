import AsyncHTTPClient
import Identity
import NIOCore
import NIOHTTP1

/// Requests to the world outside, over one client: 10 s, 1 MiB, no redirects.
enum OutsideRequests {
  static func using(_ client: HTTPClient) -> OutsideHTTP {
    OutsideHTTP { method, address, headers, body in
      var request = HTTPClientRequest(url: address)
      request.method = HTTPMethod(rawValue: method)
      for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
      if let body { request.body = .bytes(ByteBuffer(string: body)) }
      let answer = try await client.execute(request, timeout: .seconds(10))
      let bytes = try await answer.body.collect(upTo: 1 << 20)
      return OutsideHTTP.Answer(status: Int(answer.status.code), body: Array(bytes.readableBytesView))
    }
  }

  static func client() -> HTTPClient {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.timeout = .init(connect: .seconds(5), read: .seconds(10))
    // As many as messages about an alert are on their way at once; given up before the other side does it.
    configuration.connectionPool = .init(idleTimeout: .seconds(10), concurrentHTTP1ConnectionsPerHostSoftLimit: 128)
    // Whoever refuses is asked no second time: a message goes on to the next channel at once.
    configuration.connectionPool.retryConnectionEstablishment = false
    return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }
}
