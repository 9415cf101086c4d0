import FoundationEssentials

/// Where the broker is: `amqp://user:password@host:5672/vhost` or `amqps://…`, perhaps with `?cacertfile=/path`.
///
/// Source: the RabbitMQ URI specification. An absent vhost is `/`, an absent user `guest`.
package struct BrokerAddress: Sendable, Equatable {
  let host: String
  let port: Int
  let user: String
  let password: String
  let vhost: String
  /// The file of certificates that the broker's must come from; nil without TLS.
  let certificates: String?

  /// Debian's and Ubuntu's list of authorities.
  private static let systemCertificates = "/etc/ssl/certs/ca-certificates.crt"

  /// Nil when the text is no such URL.
  package init?(_ text: String) {
    guard let parsed = URL(string: text), let scheme = parsed.scheme?.lowercased(), ["amqp", "amqps"].contains(scheme),
      let host = parsed.host(), !host.isEmpty, (1...65535).contains(parsed.port ?? 5672)
    else { return nil }
    // A slash inside the name is written %2F.
    guard !parsed.path(percentEncoded: true).dropFirst().contains("/") else { return nil }
    let path = parsed.path(percentEncoded: false).dropFirst()
    var certificates: String?
    for item in (parsed.query() ?? "").split(separator: "&") {
      guard item.hasPrefix("cacertfile="), scheme == "amqps" else { return nil }
      certificates = String(item.dropFirst("cacertfile=".count))
    }
    self.host = host.filter { $0 != "[" && $0 != "]" }
    port = parsed.port ?? (scheme == "amqps" ? 5671 : 5672)
    user = parsed.user(percentEncoded: false) ?? "guest"
    password = parsed.password(percentEncoded: false) ?? "guest"
    vhost = path.isEmpty ? "/" : String(path)
    self.certificates = scheme == "amqps" ? certificates ?? Self.systemCertificates : nil
    // A C string ends at a NUL.
    guard ![self.host, user, password, self.vhost].contains(where: { $0.utf8.contains(0) }) else { return nil }
  }
}
