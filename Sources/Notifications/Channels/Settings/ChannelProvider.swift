import Core
import FoundationEssentials

/// A service with all that it needs, written as one URL:
///
/// - `twilio://SID:TOKEN@api.twilio.com?from=%2B4930…`
/// - `sns://KEY:SECRET@eu-central-1?sender=Ward` (and `endpoint=http://127.0.0.1:5000` for another than Amazon's)
/// - `https://:TOKEN@gateway.hospital.example/sms?from=Ward&secret=…`
/// - `expo://exp.host`, `expo://TOKEN@exp.host`
/// - `whatsapp://NUMBER:TOKEN@graph.facebook.com/v21.0?template=ward_alert&language=en&secret=…&verify=…`
///
/// Spoken over TLS, but with this machine itself.
package enum ChannelProvider: Sendable {
  case twilio(Twilio)
  case sns(AmazonSNS)
  case gateway(Gateway)
  case expo(Expo)
  case whatsapp(WhatsApp)

  /// What is wrong with the text; says nothing of what stands in it.
  package struct Mistake: Error, Sendable {
    package let text: String
  }

  package var kind: ChannelKind {
    switch self {
    case .twilio, .sns, .gateway: .sms
    case .expo: .push
    case .whatsapp: .whatsapp
    }
  }

  package var name: String {
    switch self {
    case .twilio(let provider): provider.name
    case .sns(let provider): provider.name
    case .gateway(let provider): provider.name
    case .expo(let provider): provider.name
    case .whatsapp(let provider): provider.name
    }
  }

  /// As one that takes a message for one number; push takes a person's devices together.
  package var messages: (any MessageProvider)? {
    switch self {
    case .twilio(let provider): provider
    case .sns(let provider): provider
    case .gateway(let provider): provider
    case .whatsapp(let provider): provider
    case .expo: nil
    }
  }

  package init(_ text: String) throws(Mistake) {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), let parts = URLComponents(string: text),
      let scheme = parts.scheme?.lowercased(), let host = parts.host, !host.isEmpty
    else { throw Mistake(text: "must be a URL such as twilio://ACCOUNT:KEY@api.twilio.com?from=%2B49…") }
    guard OutsideURL("https" + text.dropFirst(scheme.count)) != nil else {
      throw Mistake(text: "must have a plain host and, if any, a port from 1 to 65535")
    }
    let url = Parts(parts, host: host)
    switch scheme {
    case "twilio":
      try url.allow(["from"])
      self = .twilio(
        Twilio(
          account: try url.user(), token: try url.password(), base: url.base, from: try url.value("from")))
    case "sns":
      try url.allow(["sender", "endpoint"])
      let endpoint = url["endpoint"] ?? "https://sns.\(host).amazonaws.com"
      guard Self.isSafe(endpoint) else { throw Mistake(text: "endpoint must be https, or this machine") }
      self = .sns(
        AmazonSNS(
          accessKey: try url.user(), secret: try url.password(), region: host,
          endpoint: endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint, sender: url["sender"]))
    case "https", "http":
      try url.allow(["from", "secret"])
      let address = "\(scheme)://\(url.authority)\(parts.percentEncodedPath)"
      guard Self.isSafe(address) else { throw Mistake(text: "must be https, or this machine") }
      self = .gateway(
        Gateway(url: address, token: try url.password(), secret: url["secret"], from: url["from"]))
    case "expo":
      try url.allow([])
      self = .expo(Expo(base: url.base, token: parts.user))
    case "whatsapp":
      try url.allow(["template", "language", "secret", "verify"])
      let path = parts.percentEncodedPath
      self = .whatsapp(
        WhatsApp(
          base: url.base + (path.hasSuffix("/") ? String(path.dropLast()) : path), number: try url.user(),
          token: try url.password(), template: try url.value("template"), language: url["language"] ?? "en",
          secret: url["secret"], verifyToken: url["verify"]))
    default: throw Mistake(text: "must begin with twilio://, sns://, https://, expo:// or whatsapp://")
    }
  }

  private static func isSafe(_ address: String) -> Bool {
    guard let url = OutsideURL(address) else { return false }
    return url.isSecure || Parts.isLocal(url.host)
  }
}

/// The parts of a provider's URL, and sentences for what is missing.
private struct Parts {
  private let parts: URLComponents
  private let host: String

  init(_ parts: URLComponents, host: String) {
    self.parts = parts
    self.host = host
  }

  static func isLocal(_ host: String) -> Bool { ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host) }

  var authority: String { host + (parts.port.map { ":\($0)" } ?? "") }
  var base: String { "\(Self.isLocal(host) ? "http" : "https")://\(authority)" }

  subscript(name: String) -> String? {
    parts.queryItems?.first { $0.name == name }?.value.flatMap { $0.isEmpty ? nil : $0 }
  }

  func allow(_ names: Set<String>) throws(ChannelProvider.Mistake) {
    if let other = parts.queryItems?.first(where: { !names.contains($0.name) }) {
      throw ChannelProvider.Mistake(text: "does not know \(other.name.prefix(30))")
    }
  }

  func value(_ name: String) throws(ChannelProvider.Mistake) -> String {
    guard let value = self[name] else { throw ChannelProvider.Mistake(text: "needs \(name)=") }
    return value
  }

  func user() throws(ChannelProvider.Mistake) -> String {
    guard let user = parts.user, !user.isEmpty else {
      throw ChannelProvider.Mistake(text: "needs an account before the @")
    }
    return user
  }

  func password() throws(ChannelProvider.Mistake) -> String {
    guard let password = parts.password, !password.isEmpty else {
      throw ChannelProvider.Mistake(text: "needs a token or secret before the @")
    }
    return password
  }
}
