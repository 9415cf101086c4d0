import Core
import HTTPTypes
import HummingbirdCore
import NIOCore

/// What every answer tells browsers.
enum SecurityHeaders {
  private static let policy =
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self' ws: wss:; "
    + "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

  static func add(to headers: inout HTTPFields, isSecure: Bool) {
    headers[.contentTypeOptions] = "nosniff"
    headers[.referrerPolicy] = "no-referrer"
    headers[.frameOptions] = "DENY"
    headers[.contentSecurityPolicy] = policy
    if isSecure { headers[.strictTransport] = "max-age=31536000" }
  }
}

/// Cross-origin calls: an allow-list; another origin gets no allow header.
enum CORS {
  static func preflight(_ exchange: Exchange, _ options: Site.Options) -> Reply? {
    guard exchange.headers[.origin] != nil, exchange.headers[.accessControlRequestMethod] != nil else { return nil }
    return Reply(
      status: .noContent,
      headers: allowed(exchange, options) == nil
        ? [:]
        : [
          .accessControlAllowMethods: "GET, POST, PUT, PATCH, DELETE",
          .accessControlAllowHeaders:
            "Authorization, Content-Type, Idempotency-Key, X-Hospital-ID, X-Clinic-ID, X-Request-ID, Last-Event-ID",
          .accessControlMaxAge: "600",
        ])
  }

  static func add(to headers: inout HTTPFields, _ exchange: Exchange, _ options: Site.Options) {
    guard exchange.path.hasPrefix("/api/"), let origin = allowed(exchange, options) else { return }
    headers[.accessControlAllowOrigin] = origin
    headers[.vary] = "Origin"
    headers[.accessControlExposeHeaders] = "X-Request-ID, Retry-After"
    // A page of any origin may call with a token of its own, but never with the browser's cookie.
    if origin != "*" { headers[.accessControlAllowCredentials] = "true" }
  }

  private static func allowed(_ exchange: Exchange, _ options: Site.Options) -> String? {
    guard let origin = exchange.headers[.origin] else { return nil }
    if options.allowedOrigins.contains(origin) { return origin }
    return options.allowedOrigins.contains("*") ? "*" : nil
  }
}

/// gzip for bodies of a kilobyte and more, where the client takes it.
enum Compression {
  private static let minimumBytes = 1024
  private static let types = ["application/json", "text/", "application/javascript", "image/svg+xml"]

  static func apply(to response: inout Reply, _ exchange: Exchange) {
    guard let accepted = exchange.headers[.acceptEncoding], accepts(accepted),
      response.headers[.contentEncoding] == nil, let type = response.headers[.contentType],
      type != "text/event-stream", types.contains(where: type.hasPrefix),
      case .bytes(let body) = response.content, body.readableBytes >= minimumBytes,
      let smaller = Gzip.compress(body)
    else { return }
    response.headers[.contentEncoding] = "gzip"
    response.headers.append(HTTPField(name: .vary, value: "Accept-Encoding"))
    response.content = .bytes(smaller)
  }

  /// `gzip` without `q=0` (RFC 9110, 12.5.3).
  private static func accepts(_ header: String) -> Bool {
    header.lowercased().split(separator: ",").contains { part in
      let pieces = part.split(separator: ";").map { String($0).trimmed }
      guard pieces.first == "gzip" else { return false }
      let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 }
      return weight ?? 1 > 0
    }
  }
}
