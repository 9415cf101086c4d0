package import Core
import FoundationEssentials

/// Another provider of accounts with which people sign in here.
package struct Provider: Sendable {
  /// How it is spoken with.
  package enum Kind: Sendable, Equatable {
    /// OpenID Connect: everything else stands in the issuer's published document (OpenID Connect Discovery 1.0).
    case openID(issuer: String)
    /// GitHub: OAuth 2.0 without an id token; who it is is asked of its API.
    case gitHub(authorize: String, token: String, api: String)
  }

  /// In addresses: `/api/auth/sign-in/google`.
  package let name: String
  package let clientID: String
  let clientSecret: String
  let kind: Kind
  /// Whose people sign in by it.
  package let domains: Set<AuthDomain>

  /// What is wrong with a provider's setting.
  package struct Mistake: Error {
    package let text: String
  }

  /// From one object of `WARD_SIGN_IN_PROVIDERS`: `name`, `clientId`, `clientSecret`, and `issuer` unless the name is
  /// `google` or `github`; for GitHub's own servers in a house `authorizeUrl`, `tokenUrl` and `apiUrl`.
  package init(_ json: JSONValue) throws(Mistake) {
    guard case .object(let members) = json else { throw Mistake(text: "each provider must be an object") }
    let known: Set = ["name", "clientId", "clientSecret", "issuer", "authorizeUrl", "tokenUrl", "apiUrl", "domains"]
    if let unknown = members.first(where: { !known.contains($0.key) }) {
      throw Mistake(text: "\(unknown.key) is not known")
    }
    guard let name = json["name"]?.text, (1...30).contains(name.utf8.count),
      name.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D })
    else { throw Mistake(text: "name must be 1 to 30 characters of a-z, 0-9 and -") }
    guard let id = json["clientId"]?.text, !id.isEmpty, let secret = json["clientSecret"]?.text, !secret.isEmpty else {
      throw Mistake(text: "\(name) needs clientId and clientSecret")
    }
    self.name = name
    let wanted: [AuthDomain?] =
      json["domains"].map { list in
        (list.items ?? [.null]).map { item in item.text.flatMap { try? AuthDomain($0) } }
      } ?? [.standard]
    guard !wanted.isEmpty, !wanted.contains(nil) else {
      throw Mistake(text: "\(name): domains must be a list of names")
    }
    domains = Set(wanted.compactMap(\.self))
    clientID = id
    clientSecret = secret
    if name == "github", json["issuer"] == nil {
      kind = .gitHub(
        authorize: json["authorizeUrl"]?.text ?? "https://github.com/login/oauth/authorize",
        token: json["tokenUrl"]?.text ?? "https://github.com/login/oauth/access_token",
        api: json["apiUrl"]?.text ?? "https://api.github.com")
    } else {
      guard let issuer = json["issuer"]?.text ?? (name == "google" ? "https://accounts.google.com" : nil) else {
        throw Mistake(text: "\(name) needs an issuer")
      }
      kind = .openID(issuer: issuer)
    }
    for address in addresses where !Self.isSafe(address) {
      throw Mistake(text: "\(name): \(address) must be https, or this machine")
    }
  }

  private var addresses: [String] {
    switch kind {
    case .openID(let issuer): [issuer]
    case .gitHub(let authorize, let token, let api): [authorize, token, api]
    }
  }

  /// Secrets go over TLS; on this machine itself plain HTTP does.
  static func isSafe(_ address: String) -> Bool {
    guard let url = URL(string: address), let host = url.host() else { return false }
    return url.scheme == "https" || url.scheme == "http" && ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host)
  }
}

/// A request to somebody outside, and what came back: at most 1 MiB and 10 s, redirects are not followed.
package struct OutsideHTTP: Sendable {
  package struct Answer: Sendable {
    package let status: Int
    package let body: [UInt8]

    package init(status: Int, body: [UInt8]) {
      self.status = status
      self.body = body
    }
  }

  package typealias Send =
    @Sendable (
      _ method: String, _ address: String, _ headers: [String: String], _ body: String?
    ) async throws -> Answer

  let send: Send

  package init(send: @escaping Send) { self.send = send }

  /// A JSON object, or nil for any other answer than 200 with one.
  func json(
    _ method: String, _ address: String, headers: [String: String] = [:], form: [(String, String)]? = nil
  ) async throws -> JSONValue? {
    var headers = headers
    headers["Accept"] = headers["Accept"] ?? "application/json"
    if form != nil { headers["Content-Type"] = "application/x-www-form-urlencoded" }
    let answer = try await send(method, address, headers, form.map(FormText.encode))
    guard answer.status == 200, let value = try? JSONParser.parse(answer.body) else { return nil }
    return value
  }
}

/// `application/x-www-form-urlencoded`, and the query of an address (RFC 3986: unreserved characters stay).
enum FormText {
  static func encode(_ pairs: [(String, String)]) -> String {
    pairs.map { "\(escaped($0.0))=\(escaped($0.1))" }.joined(separator: "&")
  }

  private static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        bytes.append(byte)
      default:
        let digits = Array("0123456789ABCDEF".utf8)
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
