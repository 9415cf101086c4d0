package import Core
import FoundationEssentials
import Operations
package import Postgres
import Synchronization

/// Issuers of tokens besides Ward whose word is taken for who somebody is, such as a Supabase project.
///
/// A token is verified with the issuer's secret (HS256) or its published keys, and is good for as long as it says. Its
/// person gets a session when it is seen first, so that it is listed and revoked like any other.
package final class ForeignIssuers: Sendable {
  /// One object of `WARD_TOKEN_ISSUERS`.
  package struct Issuer: Sendable {
    let issuer: String
    let audience: String
    let secret: String?
    let keysAddress: String?
    /// Every address in its tokens has been verified by it, said by whoever runs this Ward.
    let trustsEmails: Bool

    /// `issuer`, `audience`, and either `secret` (32 characters or more) or `jwksUrl`; `trustEmails` is false when not said.
    package init(_ json: JSONValue) throws(Provider.Mistake) {
      guard case .object(let members) = json else { throw Provider.Mistake(text: "each issuer must be an object") }
      let known: Set = ["issuer", "audience", "secret", "jwksUrl", "trustEmails"]
      if let unknown = members.first(where: { !known.contains($0.key) }) {
        throw Provider.Mistake(text: "\(unknown.key) is not known")
      }
      guard let issuer = json["issuer"]?.text, !issuer.isEmpty, let audience = json["audience"]?.text, !audience.isEmpty
      else { throw Provider.Mistake(text: "each issuer needs issuer and audience") }
      self.issuer = issuer
      self.audience = audience
      secret = json["secret"]?.text
      keysAddress = json["jwksUrl"]?.text
      trustsEmails = json["trustEmails"] == true
      guard (secret == nil) != (keysAddress == nil) else {
        throw Provider.Mistake(text: "\(issuer) needs either secret or jwksUrl")
      }
      if let secret, secret.utf8.count < 32 {
        throw Provider.Mistake(text: "\(issuer): secret must have 32 characters or more")
      }
      if let keysAddress, !Provider.isSafe(keysAddress) {
        throw Provider.Mistake(text: "\(issuer): jwksUrl must be https, or this machine")
      }
    }
  }

  private struct Known {
    let keys: IssuerKeys
    let readAt: ContinuousClock.Instant
  }

  private let issuers: [String: Issuer]
  private let http: OutsideHTTP
  private let known = Mutex<[String: Known]>([:])

  package init(_ issuers: [Issuer], http: OutsideHTTP) {
    self.issuers = Dictionary(issuers.map { ($0.issuer, $0) }, uniquingKeysWith: { first, _ in first })
    self.http = http
  }

  /// Whether the token is good: then its session stands in the database under this hash.
  package func admit(_ text: String, hash: [UInt8], at now: Timestamp, in pool: PostgresPool) async throws -> Bool {
    guard !issuers.isEmpty, let token = CompactToken(text),
      let issuer = token.claims["iss"]?.text.flatMap({ issuers[$0] }), try await verify(token, by: issuer),
      token.isFor(issuer.audience), token.isCurrent(at: now), let end = token.time("exp"),
      let subject = token.claims["sub"]?.text, (1...255).contains(subject.utf8.count)
    else { return false }
    let isVerified = issuer.trustsEmails || token.claims["email_verified"] == true
    try await pool.transaction { transaction in
      let person = try await FinishSignIn.person(
        subject, at: issuer.issuer, email: token.claims["email"]?.text, isVerified: isVerified,
        name: token.claims["name"]?.text, in: transaction, at: now)
      transaction.queue(
        ProviderQueries.foreignSession(
          SessionID.new(at: now), of: person.id, in: person.hospital, hash: hash, until: end))
    }
    return true
  }

  private func verify(_ token: CompactToken, by issuer: Issuer) async throws -> Bool {
    if let secret = issuer.secret { return try await IssuerKeys.shared(secret).verify(token) }
    var keys = try await keys(of: issuer, notOlderThan: .seconds(3600))
    if !keys.knows(token.keyName) { keys = try await self.keys(of: issuer, notOlderThan: .seconds(60)) }
    return try await keys.verify(token)
  }

  private func keys(of issuer: Issuer, notOlderThan age: Duration) async throws -> IssuerKeys {
    if let found = known.withLock({ $0[issuer.issuer] }), ContinuousClock.now - found.readAt < age { return found.keys }
    guard let address = issuer.keysAddress else { throw Failure.internalFault }
    let set: JSONValue?
    do { set = try await http.json("GET", address) } catch { set = nil }
    guard let set else {
      throw Failure(.unavailable, "The issuer of this token does not answer.", retryAfterSeconds: 5)
    }
    let keys = try await IssuerKeys.published(set)
    known.withLock { $0[issuer.issuer] = Known(keys: keys, readAt: .now) }
    return keys
  }
}
