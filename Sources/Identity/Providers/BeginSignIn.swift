package import Core
import Crypto
import FoundationEssentials
package import Operations
import Postgres
import Secrets

/// Sends a browser to another provider to sign in there: with a state and a secret of PKCE that are good once, for ten
/// minutes, and for this browser alone.
package struct BeginSignIn: PreparedServedOperation {
  package let provider: ProviderName
  package let returnTo: OwnPath?
  package let domain: AuthDomain?

  package static let contract = Contract(
    name: "auth.socialSignIn", route: .get("/auth/sign-in/{provider}"),
    summary: "Begin to sign in at another provider", message: "Go on at the provider.", access: .everyone,
    limit: RateLimit("auth.socialSignIn", max: 20, windowSeconds: 60), mode: .write,
    audit: .refusalsOnly(category: .security), cache: .never, answersWithSecret: true)

  package struct Prepared: Sendable {
    let location: String
    let state: String
    let nonce: String
    let verifier: String
    let domain: AuthDomain
  }

  /// The provider's page, and what binds the way back to this browser.
  package struct Output: Record {
    package let location: LocationText
    var browser: String?
    package var cookies: [BrowserCookie] { browser.map { [BrowserCookie(.signIn, $0, seconds: 600)] } ?? [] }
    package var redirect: String? { location.text }
    package static var redirectsBrowsers: Bool { true }
    private enum CodingKeys: String, CodingKey { case location }
  }

  package func prepare(_ call: Preparation, _ plugins: AuthPlugins) async throws -> Prepared {
    let domain = try plugins.domain(domain)
    guard plugins.knows(provider.text) else { throw Failure.notFound("provider") }
    let plugin = try plugins.plugin(ProviderPlugin.self, named: provider.text, in: domain)
    let (state, nonce, verifier) = (Self.random(), Self.random(), Self.random())
    return Prepared(
      location: try await plugin.providers.authorization(
        plugin.provider, state: state, nonce: nonce, verifier: verifier),
      state: state, nonce: nonce, verifier: verifier, domain: domain)
  }

  package func run(_ call: inout WriteCall, _ prepared: Prepared) async throws -> Output {
    let browser = Self.random()
    let kept: JSONValue = [
      "nonce": .string(prepared.nonce), "verifier": .string(prepared.verifier),
      "returnTo": .string(returnTo?.text ?? "/"), "domain": .string(prepared.domain.text),
    ]
    let state = Self.hash(prepared.state)
    let sealed = try call.secrets.seal(kept.encoded, for: .providerToken, place: "begun_sign_ins \(prepared.state)")
    call.transaction.queue(
      ProviderQueries.begin(
        state, at: provider.text, browser: Self.hash(browser), sealed: sealed, seconds: 600))
    return Output(location: LocationText(unchecked: prepared.location), browser: browser)
  }

  static func hash(_ text: String) -> [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }

  static func random() -> String {
    Base64URL.encode(SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) })
  }
}

/// The name of a provider in addresses: 1 to 30 characters of a–z, 0–9 and `-`.
package struct ProviderName: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...30 }
  package static var sample: String { "google" }
  package static var pattern: String? { "^[a-z0-9-]{1,30}$" }
  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    guard
      text.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") })
    else { throw InvalidValue("must be the name of a provider", rule: "pattern") }
    return text
  }
}

/// A place within this site: begins with one `/`, so that no sign-in ends on another's page.
package struct OwnPath: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...500 }
  package static var sample: String { "/alerts" }
  package static var pattern: String? { "^/([^/\\\\].*)?$" }
  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    let bytes = Array(text.utf8)
    let isPlain = bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }
    guard bytes.first == UInt8(ascii: "/"), isPlain, bytes.count == 1 || bytes[1] != UInt8(ascii: "/") else {
      throw InvalidValue("must be a path of this site", rule: "pattern")
    }
    return text
  }
}

/// An address to go on to.
package struct LocationText: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...4000 }
  package static var sample: String { "https://accounts.example/authorize?client_id=ward" }
}
