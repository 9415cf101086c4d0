package import Core
import FoundationEssentials
import Operations

/// Makes and reads access tokens: JWTs (RFC 7519, with the advice of RFC 8725) that name a session of ours.
package struct AccessTokens: Sendable {
  private let keys: TokenKeys
  /// Who signs: the public address.
  private let issuer: String
  /// How long one is good, in seconds.
  package let lifetimeSeconds: Int64
  private static let audience = "ward"

  package init(keys: TokenKeys, issuer: String, lifetimeSeconds: Int64) {
    self.keys = keys
    self.issuer = issuer
    self.lifetimeSeconds = lifetimeSeconds
  }

  /// What a good token says.
  package struct Claims: Sendable {
    package let userID: UserID
    package let sessionID: SessionID
    package let hospitalID: HospitalID?
    package let expiresAt: Timestamp
  }

  /// A token for this session, with the moment at which it is over.
  func issue(
    for user: UserID, session: SessionID, in hospital: HospitalID?, at now: Timestamp
  ) async throws -> (text: String, expiresAt: Timestamp) {
    // Whole seconds, as the claims have them.
    let second = now.microseconds / 1_000_000
    let end = second + lifetimeSeconds
    var claims: [JSONValue.Member] = [
      .init("iss", .string(issuer)), .init("aud", .string(Self.audience)), .init("sub", .string(user.text)),
      .init("sid", .string(session.text)), .init("iat", .integer(second)), .init("nbf", .integer(second)),
      .init("exp", .integer(end)), .init("jti", .string(Identifier<AnyEntity>.new(at: now).text)),
    ]
    if let hospital { claims.append(.init("hospital", .string(hospital.text))) }
    return (try await keys.sign(.object(claims)), Timestamp(microseconds: end * 1_000_000))
  }

  /// Nil for a token that we did not sign, that is over, too early, or meant for somebody else.
  package func verified(_ text: String, at now: Timestamp) async throws -> Claims? {
    guard let token = CompactToken(text), try await keys.verifies(token), token.claims["iss"]?.text == issuer,
      token.isFor(Self.audience), token.isCurrent(at: now), let end = token.time("exp"),
      let user = token.claims["sub"]?.text.flatMap({ UserID($0) }),
      let session = token.claims["sid"]?.text.flatMap({ SessionID($0) })
    else { return nil }
    return Claims(
      userID: user, sessionID: session, hospitalID: token.claims["hospital"]?.text.flatMap { HospitalID($0) },
      expiresAt: end)
  }
}
