import Core
import HTTPTypes
import HummingbirdCore
import NIOCore
import Operations

/// One request, taken apart once.
struct Exchange {
  let method: HTTPRequest.Method
  let path: String
  let query: Substring
  let headers: HTTPFields
  let body: ByteBuffer
  let origin: RequestOrigin
  let isSecure: Bool
  /// The token came by cookie, so the browser sent it by itself.
  let usesCookie: Bool
  private let usesBearer: Bool
  private let token: String?
  private let host: String?
  private let baseHost: String?

  init(_ request: Request, body: ByteBuffer, source: RequestSource, requestID: String, baseHost: String?) {
    method = request.method
    headers = request.headers
    let target = request.head.path ?? "/"
    let mark = target.firstIndex(of: "?")
    path = String(target[..<(mark ?? target.endIndex)])
    query = mark.map { target[target.index(after: $0)...] } ?? ""
    self.body = body
    isSecure = source.isSecure
    host = request.head.authority
    self.baseHost = baseHost
    let cookies = Self.cookies(headers)
    origin = RequestOrigin(
      id: requestID, address: source.address, userAgent: headers[.userAgent] ?? "",
      cookies: Dictionary(
        uniqueKeysWithValues: BrowserCookie.Name.allCases.compactMap { name in
          cookies[name.rawValue].map { (name, $0) }
        }))
    if let bearer = Self.bearer(headers) {
      token = bearer
      usesBearer = true
      usesCookie = false
    } else {
      token = cookies[SessionCookie.name]
      usesBearer = false
      usesCookie = token != nil
    }
  }

  func credentials(_ query: QueryString?) -> Credentials {
    var credentials = Credentials(token: token)
    let named = headers[.hospital] ?? headers[.clinic] ?? query?["hospital"]
    if let named {
      credentials.hospital = HospitalID(named).map { .id($0) } ?? .unreadable
    } else if let label = subdomain {
      credentials.hospital = .subdomain(label)
    }
    return credentials
  }

  /// `general` of `general.ward.example` under the public address `ward.example`.
  private var subdomain: String? {
    guard let baseHost, let name = host?.split(separator: ":").first?.lowercased(), name.hasSuffix("." + baseHost)
    else { return nil }
    let label = String(name.dropLast(baseHost.count + 1))
    return label.isEmpty || label.contains(".") ? nil : label
  }

  /// A person looks at what comes: a browser that followed a link.
  var wantsPage: Bool { method == .get && headers[values: .accept].contains { $0.contains("text/html") } }

  /// A browser sends its cookie wherever a page tells it to; a write must come from a page of ours, or of a site that
  /// is allowed. That holds for sign-in, too, which needs no cookie: nobody is signed in as somebody else by a page.
  func checkSite(_ allowedOrigins: Set<String>) throws(Failure) {
    guard method != .get, method != .head, !usesBearer else { return }
    let site = headers[.fetchSite]
    if site == "same-origin" || site == "none" { return }
    if let origin = headers[.origin] {
      if allowedOrigins.contains(origin) { return }
      if let host, origin == "https://\(host)" || origin == "http://\(host)" { return }
    }
    // A page elsewhere cannot set this header: its browser would ask us first, and hear no.
    if headers[.consoleMark] != nil, site != "cross-site" { return }
    guard usesCookie || site == "cross-site" else { return }
    throw Failure(.forbidden, "This request came from another site.")
  }

  private static func bearer(_ headers: HTTPFields) -> String? {
    guard let value = headers[.authorization], value.count <= 4096, value.lowercased().hasPrefix("bearer ") else {
      return nil
    }
    return value.dropFirst(7).trimmingPrefix(while: { $0 == " " }).description
  }

  /// The first of each name; a browser sends the most specific one first (RFC 6265, 5.4).
  private static func cookies(_ headers: HTTPFields) -> [String: String] {
    var found: [String: String] = [:]
    for field in headers[values: .cookie] {
      for part in field.split(separator: ";") {
        let pair = part.split(separator: "=", maxSplits: 1)
        guard pair.count == 2 else { continue }
        let name = String(pair[0].trimmingPrefix(while: { $0 == " " }))
        if name.hasPrefix("ward_"), found[name] == nil { found[name] = String(pair[1]) }
      }
    }
    return found
  }
}

extension HTTPField.Name {
  private static func known(_ name: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(name) else { preconditionFailure("a header's name is no token") }
    return name
  }
  static let hospital = known("X-Hospital-ID")
  static let clinic = known("X-Clinic-ID")
  static let consoleMark = known("X-Ward-Console")
  static let fetchSite = known("Sec-Fetch-Site")
  static let requestID = known("X-Request-ID")
  static let idempotencyKey = known("Idempotency-Key")
  static let lastEventID = known("Last-Event-ID")
  static let contentSecurityPolicy = known("Content-Security-Policy")
  static let contentTypeOptions = known("X-Content-Type-Options")
  static let referrerPolicy = known("Referrer-Policy")
  static let strictTransport = known("Strict-Transport-Security")
  static let frameOptions = known("X-Frame-Options")
  /// Tells nginx not to hold a stream back.
  static let accelBuffering = known("X-Accel-Buffering")
  static let replayed = known("Idempotency-Replayed")
}

/// The session's token as the browser keeps it.
enum SessionCookie {
  static let name = "ward_session"

  static func begins(_ token: String, seconds: Int) -> String {
    text(name, token, seconds: seconds)
  }

  static let ends = text(name, "", seconds: 0)

  static func text(_ name: String, _ value: String, seconds: Int) -> String {
    "\(name)=\(value); Path=/; Max-Age=\(seconds); HttpOnly; Secure; SameSite=Lax"
  }
}
