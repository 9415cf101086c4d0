import FoundationEssentials

/// The service at which video visits take place, with all that it needs, written as one URL:
///
/// - `jitsi://APP_ID:SECRET@meet.example.org` (Jitsi Meet or a service that takes its tokens)
///
/// The secret has at least 32 characters (RFC 7518, 3.2). Spoken over TLS, but with this machine itself.
package struct VideoSetting: Sendable {
  /// What is wrong with the text; says nothing of what stands in it.
  package struct Mistake: Error, Sendable {
    package let text: String
  }

  private let base: String
  private let host: String
  private let app: String
  private let secret: String

  package init(_ text: String) throws(Mistake) {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), let parts = URLComponents(string: text),
      let host = parts.host, !host.isEmpty, parts.path.isEmpty || parts.path == "/", parts.query == nil,
      parts.port.map({ (1...65_535).contains($0) }) ?? true
    else { throw Mistake(text: "must be a URL such as jitsi://APP_ID:SECRET@meet.example.org") }
    guard parts.scheme?.lowercased() == "jitsi" else { throw Mistake(text: "must begin with jitsi://") }
    guard let app = parts.user, !app.isEmpty, let secret = parts.password, secret.utf8.count >= 32 else {
      throw Mistake(text: "needs the application's id and its secret of at least 32 characters before the @")
    }
    self.app = app
    self.secret = secret
    self.host = host
    let isLocal = ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host)
    base = "\(isLocal ? "http" : "https")://\(host)\(parts.port.map { ":\($0)" } ?? "")"
  }

  package var provider: VideoProvider { Jitsi(base: base, host: host, app: app, secret: secret).provider }
}
