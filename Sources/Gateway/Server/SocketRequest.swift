import HTTPTypes
import NIOHTTP1
import NIOHTTPTypesHTTP1
import Realtime

/// A request to `/socket.io/`, read and checked.
enum SocketRequest {
  case openPolling
  case poll(sid: String)
  case post(sid: String)
  case websocket(sid: String?, key: String)
  case preflight
  case refused(status: HTTPResponse.Status, message: String)

  init(_ head: HTTPRequestHead, _ target: RequestTarget) {
    let query = target.query
    let sid = query["sid"].map(String.init)
    if head.method == .OPTIONS {
      self = .preflight
      return
    }
    guard query["EIO"] == "4" else {
      self = .refused(status: .badRequest, message: "Unsupported protocol version")
      return
    }
    switch (query["transport"], head.method, sid) {
    case ("websocket", .GET, _): self = Self.websocket(head, sid)
    case ("polling", .GET, nil): self = .openPolling
    case ("polling", .GET, let sid?): self = .poll(sid: sid)
    case ("polling", .POST, let sid?): self = .post(sid: sid)
    case ("polling", _, _), ("websocket", _, _): self = .refused(status: .badRequest, message: "Bad handshake method")
    default: self = .refused(status: .badRequest, message: "Transport unknown")
    }
  }

  private static func websocket(_ head: HTTPRequestHead, _ sid: String?) -> SocketRequest {
    let upgrades = head.headers[canonicalForm: "upgrade"].contains { $0.lowercased() == "websocket" }
    let connects = head.headers[canonicalForm: "connection"].contains { $0.lowercased() == "upgrade" }
    guard upgrades, connects else { return .refused(status: .upgradeRequired, message: "WebSocket upgrade expected") }
    let keys = head.headers["sec-websocket-key"]
    // 16 bytes in base64 (RFC 6455, 4.1).
    guard head.headers["sec-websocket-version"] == ["13"], keys.count == 1, keys[0].utf8.count == 24 else {
      return .refused(status: .badRequest, message: "Bad WebSocket handshake")
    }
    return .websocket(sid: sid, key: keys[0])
  }
}

extension SocketHandshake {
  /// What the sockets need to know of the request that opened one.
  init(_ head: HTTPRequestHead, peer: String, isSecure: Bool, options: ServerOptions) {
    let bearer = head.headers.first(name: "authorization").flatMap { value -> String? in
      let parts = value.split(separator: " ", maxSplits: 1)
      return parts.count == 2 && parts[0].lowercased() == "bearer" ? String(parts[1]) : nil
    }
    let address = options.clientAddress(peer, HTTPFields(head.headers, splitCookie: false))
    self.init(
      address: address, userAgent: head.headers.first(name: "user-agent") ?? "", bearer: bearer,
      cookie: Self.cookie(options.cookieName, in: head.headers), isSecure: isSecure)
  }

  private static func cookie(_ name: String, in headers: HTTPHeaders) -> String? {
    for header in headers["cookie"] {
      for pair in header.split(separator: ";") {
        let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].drop(while: { $0 == " " }) == name else { continue }
        return String(parts[1])
      }
    }
    return nil
  }
}

extension ServerOptions {
  /// Whether a browser page of this origin may use the sockets: the server's own pages, and those that are listed.
  ///
  /// Browsers let any page open a WebSocket and send the cookie along; only this check keeps a foreign page out.
  func allows(origin: String, host: String?, isSecure: Bool) -> Bool {
    if allowedOrigins.contains(origin) { return true }
    guard let host, let start = origin.firstRange(of: "://")?.upperBound else { return false }
    return origin[start...].lowercased() == host.lowercased()
  }
}
