import Core
import Crypto
import FoundationEssentials
import JWTKit

/// What another issuer's tokens are verified with: its published key set, or a secret that both sides know.
enum IssuerKeys: Sendable {
  case published(JWTKeyCollection, names: Set<String>)
  case shared(SymmetricKey)

  /// A key set (RFC 7517); keys that are unreadable or not for signatures are left out.
  static func published(_ json: JSONValue) async throws -> IssuerKeys {
    guard case .array(let listed) = json["keys"] else { throw Failure.internalFault }
    let keys = JWTKeyCollection()
    var names: Set<String> = []
    for each in listed where each["use"]?.text ?? "sig" == "sig" {
      guard let name = each["kid"]?.text,
        let key = try? JSONDecoder().decode(JWK.self, from: Data(each.encoded.utf8))
      else { continue }
      do {
        try await keys.add(jwk: key)
        names.insert(name)
      } catch { continue }
    }
    return .published(keys, names: names)
  }

  /// A secret for HS256.
  static func shared(_ secret: String) -> IssuerKeys { .shared(SymmetricKey(data: Array(secret.utf8))) }

  /// Whether the issuer signed the token. A published key verifies what is signed with its own kind of algorithm, and a
  /// secret HS256 alone: a token does not choose (RFC 8725, 3.1).
  func verify(_ token: CompactToken) async throws -> Bool {
    guard token.header["crit"] == nil, let algorithm = token.algorithm else { return false }
    switch self {
    case .published(let keys, let names):
      guard ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"].contains(algorithm),
        // A set of one key needs no name (OpenID Connect Core 1.0, 10.1).
        let name = token.keyName ?? (names.count == 1 ? names.first : nil), names.contains(name),
        let found = try? await keys.getKey(for: JWKIdentifier(string: name), alg: algorithm)
      else { return false }
      return found.name == algorithm && ((try? found.verify(token.signature, signs: token.signed)) ?? false)
    case .shared(let key):
      guard algorithm == "HS256" else { return false }
      return HMAC<SHA256>.isValidAuthenticationCode(token.signature, authenticating: token.signed, using: key)
    }
  }

  func knows(_ name: String?) -> Bool {
    guard case .published(_, let names) = self, let name else { return true }
    return names.contains(name)
  }
}
