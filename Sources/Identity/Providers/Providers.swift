import Core
import Crypto
import FoundationEssentials
import Operations
import Synchronization

/// The other providers of accounts, asked over the network: where to send a browser, and whom it brought back.
package final class Providers: Sendable {
  /// Who somebody is at a provider.
  package struct Account: Sendable {
    let subject: String
    let email: String?
    /// Whether the provider says that the address is the person's.
    let isVerified: Bool
    let name: String?
    let tokens: JSONValue
    let scope: String?
    let tokensExpireAt: Timestamp?
  }

  private struct Known {
    let document: JSONValue
    let keys: IssuerKeys
    let readAt: ContinuousClock.Instant
  }

  private let providers: [String: Provider]
  private let http: OutsideHTTP
  /// Where the browser comes back to: `{publicURL}/api/auth/callback/{provider}`.
  private let publicURL: String
  private let known = Mutex<[String: Known]>([:])

  package init(_ providers: [Provider], publicURL: String, http: OutsideHTTP) {
    self.providers = Dictionary(providers.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    self.publicURL = publicURL
    self.http = http
  }

  /// Each as a way to sign in.
  package var plugins: [ProviderPlugin] { providers.values.map { ProviderPlugin($0, of: self) } }

  private func redirect(_ provider: Provider) -> String { "\(publicURL)/api/auth/callback/\(provider.name)" }

  /// Where a sign-in begins: the authorization endpoint with state, and the challenge of PKCE (RFC 7636, S256).
  func authorization(_ provider: Provider, state: String, nonce: String, verifier: String) async throws -> String {
    let challenge = Base64URL.encode(SHA256.hash(data: Array(verifier.utf8)))
    var query = [
      ("response_type", "code"), ("client_id", provider.clientID), ("redirect_uri", redirect(provider)),
      ("state", state), ("code_challenge", challenge), ("code_challenge_method", "S256"),
    ]
    let endpoint: String
    switch provider.kind {
    case .openID:
      guard let found = try await discovered(provider).document["authorization_endpoint"]?.text else {
        throw Self.silent
      }
      endpoint = found
      query += [("scope", "openid email profile"), ("nonce", nonce)]
    case .gitHub(let authorize, _, _):
      endpoint = authorize
      query.append(("scope", "read:user user:email"))
    }
    return endpoint + (endpoint.contains("?") ? "&" : "?") + FormText.encode(query)
  }

  /// Trades the code that the browser brought for who it is; `UNAUTHORIZED` when the provider does not vouch for it.
  func account(
    _ provider: Provider, code: String, nonce: String, verifier: String, at now: Timestamp
  ) async throws -> Account {
    let form = [
      ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect(provider)),
      ("client_id", provider.clientID), ("client_secret", provider.clientSecret), ("code_verifier", verifier),
    ]
    switch provider.kind {
    case .openID(let issuer):
      guard let endpoint = try await discovered(provider).document["token_endpoint"]?.text,
        Provider.isSafe(endpoint)
      else { throw Self.silent }
      guard let tokens = try await asked({ try await self.http.json("POST", endpoint, form: form) }),
        let text = tokens["id_token"]?.text, let token = CompactToken(text),
        try await keys(for: token, of: provider).verify(token), token.claims["iss"]?.text == issuer,
        Self.isMeant(token, for: provider), token.isCurrent(at: now), token.claims["nonce"]?.text == nonce,
        let subject = token.claims["sub"]?.text, (1...255).contains(subject.utf8.count)
      else { throw Self.refused }
      return Account(
        subject: subject, email: token.claims["email"]?.text, isVerified: token.claims["email_verified"] == true,
        name: token.claims["name"]?.text, tokens: Self.kept(tokens), scope: tokens["scope"]?.text,
        tokensExpireAt: Self.end(of: tokens, from: now))
    case .gitHub(_, let endpoint, let api):
      guard let tokens = try await asked({ try await self.http.json("POST", endpoint, form: form) }),
        let access = tokens["access_token"]?.text
      else { throw Self.refused }
      return try await gitHubAccount(api, access, tokens, at: now)
    }
  }

  private func gitHubAccount(
    _ api: String, _ access: String, _ tokens: JSONValue, at now: Timestamp
  ) async throws -> Account {
    let headers = [
      "Authorization": "Bearer \(access)", "Accept": "application/vnd.github+json", "User-Agent": "ward",
    ]
    guard let user = try await asked({ try await self.http.json("GET", "\(api)/user", headers: headers) }),
      case .integer(let number) = user["id"],
      case .array(let addresses) = try await asked({
        try await self.http.json("GET", "\(api)/user/emails", headers: headers)
      })
    else { throw Self.refused }
    let primary = addresses.first { $0["primary"] == true }
    return Account(
      subject: String(number), email: primary?["email"]?.text, isVerified: primary?["verified"] == true,
      name: user["name"]?.text ?? user["login"]?.text, tokens: Self.kept(tokens), scope: tokens["scope"]?.text,
      tokensExpireAt: Self.end(of: tokens, from: now))
  }

  /// For us, and if for several, issued to us (OpenID Connect Core 1.0, 3.1.3.7).
  private static func isMeant(_ token: CompactToken, for provider: Provider) -> Bool {
    guard token.isFor(provider.clientID) else { return false }
    if let party = token.claims["azp"]?.text { return party == provider.clientID }
    if case .array(let several) = token.claims["aud"] { return several.count == 1 }
    return true
  }

  private static func kept(_ tokens: JSONValue) -> JSONValue {
    ["accessToken": tokens["access_token"] ?? .null, "refreshToken": tokens["refresh_token"] ?? .null]
  }

  private static func end(of tokens: JSONValue, from now: Timestamp) -> Timestamp? {
    guard case .integer(let seconds) = tokens["expires_in"], (1...31_536_000).contains(seconds) else { return nil }
    return now.adding(seconds: seconds)
  }

  // What an issuer publishes; read again after an hour, and once a minute at most for a key that is not known.

  private func discovered(_ provider: Provider, isStale: Bool = false) async throws -> Known {
    guard case .openID(let issuer) = provider.kind else { throw Failure.internalFault }
    let oldest: Duration = isStale ? .seconds(60) : .seconds(3600)
    if let found = known.withLock({ $0[issuer] }), ContinuousClock.now - found.readAt < oldest { return found }
    let base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
    guard
      let document = try await asked({
        try await self.http.json("GET", "\(base)/.well-known/openid-configuration")
      }), document["issuer"]?.text == issuer, let address = document["jwks_uri"]?.text, Provider.isSafe(address),
      let set = try await asked({ try await self.http.json("GET", address) })
    else { throw Self.silent }
    let found = Known(document: document, keys: try await .published(set), readAt: .now)
    known.withLock { $0[issuer] = found }
    return found
  }

  private func keys(for token: CompactToken, of provider: Provider) async throws -> IssuerKeys {
    let keys = try await discovered(provider).keys
    return keys.knows(token.keyName) ? keys : try await discovered(provider, isStale: true).keys
  }

  /// What goes wrong on the way is the provider's silence, not a fault of ours.
  private func asked(_ question: () async throws -> JSONValue?) async throws -> JSONValue? {
    do { return try await question() } catch is CancellationError { throw CancellationError() } catch {
      throw Self.silent
    }
  }

  private static let silent = Failure(
    .unavailable, "The provider does not answer as it should. Try again, or sign in another way.",
    retryAfterSeconds: 5)
  private static let refused = Failure(.unauthorized, "The provider does not confirm this sign-in. Begin again.")
}
