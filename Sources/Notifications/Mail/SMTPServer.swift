import FoundationEssentials

/// Where letters are handed over: `smtp://user:password@host:587` or `smtps://…:465`.
package struct SMTPServer: Sendable, Equatable {
  let url: String
  let user: String?
  let password: String?
  /// A password never travels readable to another machine.
  let requiresTLS: Bool

  /// Nil when the text is no such URL.
  package init?(_ text: String) {
    guard let parsed = URL(string: text), let scheme = parsed.scheme?.lowercased(), ["smtp", "smtps"].contains(scheme),
      let host = parsed.host(), !host.isEmpty, ["", "/"].contains(parsed.path())
    else { return nil }
    let shown = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
    url = "\(scheme)://\(shown):\(parsed.port ?? (scheme == "smtps" ? 465 : 25))"
    user = parsed.user(percentEncoded: false)
    password = parsed.password(percentEncoded: false)
    requiresTLS = user != nil && !["localhost", "127.0.0.1", "::1", "[::1]"].contains(host)
  }
}
