package import HTTPTypes
package import NIOCore

/// How the HTTP server listens and what it allows.
package struct ServerOptions: Sendable {
  package var host = "127.0.0.1"
  /// 0 takes a free port.
  package var port = 8080
  /// A second listener that serves only the sockets; nil for none.
  package var socketPort: Int?
  package var tls: ServerTLS?
  package var limits = ServerLimits()
  /// Origins besides the server's own that may open sockets from a browser, such as `https://ward.example`.
  package var allowedOrigins: Set<String> = []
  /// The cookie whose value is the session token.
  package var cookieName = "ward_session"
  /// The client's address from the peer's and the headers; looks behind proxies that are trusted.
  package var clientAddress: @Sendable (_ peer: String, _ headers: HTTPFields) -> String = { peer, _ in peer }

  package init() {}
}

/// What a connection may cost.
package struct ServerLimits: Sendable {
  package var targetBytes = 8 << 10
  package var headerBytes = 16 << 10
  package var headerCount = 128
  package var bodyBytes = 1 << 20
  /// Time for a complete request head, from its first byte or from the connection's start.
  package var headTimeout: TimeAmount = .seconds(10)
  package var bodyTimeout: TimeAmount = .seconds(30)
  package var idleTimeout: TimeAmount = .seconds(60)
  /// Time for a client to read what was sent before an error closed the connection.
  package var lingering: TimeAmount = .seconds(2)
  package var backlog = 4096
  package var connections = 60_000
  /// Time for running requests to finish at shutdown.
  package var drainTimeout: TimeAmount = .seconds(20)

  package init() {}
}

/// Where a request came from.
package struct RequestSource: Sendable {
  package let channel: any Channel
  /// The client's address, through trusted proxies.
  package let address: String
  package let isSecure: Bool
}
