package import Core
import Crypto
import FoundationEssentials
import Operations
package import Postgres
package import Secrets
import Synchronization

/// The keys that sign access tokens (Ed25519, RFC 8037): the newest signs, all of them verify.
///
/// They live sealed in the database, so that every node signs and verifies alike. A new one is made every 90 days; the
/// one before is believed for as long as the longest token lives. A token that names an unknown key makes a node look
/// once more, at most once a second.
package final class TokenKeys: Sendable {
  private struct Key {
    let name: String
    let signer: Curve25519.Signing.PrivateKey
  }

  private struct State {
    var keys: [Key] = []
    var readAt: ContinuousClock.Instant?
  }

  private let pool: PostgresPool
  private let secrets: KeyRing
  private let state = Mutex(State())
  private static let rotationDays = 90

  package init(pool: PostgresPool, secrets: KeyRing) {
    self.pool = pool
    self.secrets = secrets
  }

  /// `header.claims.signature` by the newest key.
  func sign(_ claims: JSONValue) async throws -> String {
    let key = try await newest()
    let header: JSONValue = ["alg": "EdDSA", "kid": .string(key.name), "typ": "JWT"]
    let text = "\(Base64URL.encode(header.encoded.utf8)).\(Base64URL.encode(claims.encoded.utf8))"
    let signature = try key.signer.signature(for: Array(text.utf8))
    return "\(text).\(Base64URL.encode(signature))"
  }

  /// Whether one of our keys signed it, by the one algorithm that they have: what the token says of its key's address
  /// (`jku`, `jwk`, `x5u`) is not looked at.
  func verifies(_ token: CompactToken) async throws -> Bool {
    guard token.algorithm == "EdDSA", let name = token.keyName, token.header["crit"] == nil else { return false }
    guard let key = try await key(named: name) else { return false }
    return key.signer.publicKey.isValidSignature(token.signature, for: token.signed)
  }

  /// The public keys as a JSON Web Key Set (RFC 7517).
  package func published() async throws -> JSONValue {
    try await read()
    let keys = state.withLock { $0.keys }
    return [
      "keys": .array(
        keys.map { key in
          [
            "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": .string(key.name),
            "x": .string(Base64URL.encode(key.signer.publicKey.rawRepresentation)),
          ]
        })
    ]
  }

  /// Makes a new key if the newest is older than so many days; 0 makes one in any case.
  package func rotate(olderThanDays days: Int = TokenKeys.rotationDays) async throws {
    let key = Curve25519.Signing.PrivateKey()
    let name = Base64URL.encode(SHA256.hash(data: key.publicKey.rawRepresentation).prefix(12))
    let sealed = try secrets.seal(Array(key.rawRepresentation), for: .signingKey, place: "signing_keys \(name)")
    _ = try await pool.run(
      [TokenQueries.addKey(name, open: Array(key.publicKey.rawRepresentation), sealed: sealed, days: days)])
    try await read()
  }

  private func newest() async throws -> Key {
    if let key = state.withLock({ $0.keys.first }) { return key }
    try await read()
    if let key = state.withLock({ $0.keys.first }) { return key }
    try await rotate()
    guard let key = state.withLock({ $0.keys.first }) else { throw Failure.internalFault }
    return key
  }

  private func key(named name: String) async throws -> Key? {
    let (known, readAt) = state.withLock { state in (state.keys.first { $0.name == name }, state.readAt) }
    if let known { return known }
    if let readAt, ContinuousClock.now - readAt < .seconds(1) { return nil }
    try await read()
    return state.withLock { state in state.keys.first { $0.name == name } }
  }

  private func read() async throws {
    guard let rows = try await pool.run([TokenQueries.keys()]).first else { throw Failure.internalFault }
    let keys = try rows.map { row in
      let name: String = try row.decode("kid")
      let bytes = try secrets.open(
        try row.decode("private_key", as: [UInt8].self), for: .signingKey, place: "signing_keys \(name)")
      return Key(name: name, signer: try Curve25519.Signing.PrivateKey(rawRepresentation: bytes))
    }
    state.withLock {
      $0.keys = keys
      $0.readAt = .now
    }
  }
}
