import FoundationEssentials

/// Where Redis is: `redis://[user:password@]host[:port][/number]` or `unix:///path/of/socket`, without TLS.
package struct RedisAddress: Sendable {
  package enum Place: Sendable, Equatable {
    case host(String, port: Int)
    case socket(String)
  }

  package let place: Place
  package let user: String?
  package let password: String?
  package let database: Int

  /// Nil for a text that is no such address.
  package init?(_ text: String) {
    guard let parts = URLComponents(string: text), parts.query == nil, parts.fragment == nil else { return nil }
    user = parts.user.flatMap { $0.isEmpty ? nil : $0 }
    password = parts.password.flatMap { $0.isEmpty ? nil : $0 }
    switch parts.scheme {
    case "redis":
      guard let host = parts.host, !host.isEmpty else { return nil }
      let port = parts.port ?? 6379
      let name = parts.path.drop { $0 == "/" }
      guard let number = name.isEmpty ? 0 : Int(name), (0...65_535).contains(number), (1...65_535).contains(port) else {
        return nil
      }
      place = .host(host, port: port)
      database = number
    case "unix":
      guard parts.host ?? "" == "", (2...107).contains(parts.path.utf8.count) else { return nil }
      place = .socket(parts.path)
      database = 0
    default: return nil
    }
  }
}
