package import Core
package import Operations
import Postgres

/// Gives a signed-in person a signed access token for programs, and a refresh token to go on with.
///
/// Both belong to the caller's session: when it ends, so do they.
package struct IssueTokens: PreparedServedOperation {
  package static let contract = Contract(
    name: "auth.issueTokens", route: .post("/auth/token", status: 201), summary: "Get a token for API access",
    message: "Tokens are made.", access: .person, limit: RateLimit("auth.issueTokens", max: 30, windowSeconds: 60),
    mode: .write, audit: .row(action: "tokens_issued", category: .security), cache: .never, answersWithSecret: true)

  package struct Prepared: Sendable {
    let access: String
    let expiresAt: Timestamp
    let lifetimeSeconds: Int64
  }

  package func prepare(_ call: Preparation, _ tokens: AccessTokens) async throws -> Prepared {
    guard let caller = call.caller, let user = caller.userID, let session = caller.sessionID else {
      throw Failure(.forbidden, "Only a person who has signed in can do this.")
    }
    let made = try await tokens.issue(for: user, session: session, in: caller.hospital?.id, at: call.now)
    return Prepared(access: made.text, expiresAt: made.expiresAt, lifetimeSeconds: tokens.lifetimeSeconds)
  }

  package func run(_ call: inout WriteCall, _ prepared: Prepared) async throws -> TokenPair {
    guard let caller = call.caller, let session = caller.sessionID else { throw Failure.signInFirst }
    let refresh = RefreshToken.new()
    let rows = try await call.transaction.query(TokenQueries.begin(session, in: caller.hospital?.id, refresh))
    guard let end = try rows.first?.decode("refresh_expires_at", as: Timestamp?.self) else { throw Failure.signInFirst }
    call.audit.resource("session", session)
    return TokenPair(
      access: prepared.access, expiresAt: prepared.expiresAt, lifetimeSeconds: prepared.lifetimeSeconds,
      refresh: refresh, refreshExpiresAt: end)
  }
}

/// An access token and what it is renewed with (the words of RFC 6749, 5.1, in camelCase).
package struct TokenPair: Record {
  package let accessToken: SignedTokenText
  package let tokenType: NameText
  /// Seconds until the access token is over.
  package let expiresIn: LifetimeSeconds
  package let expiresAt: Timestamp
  package let refreshToken: RefreshToken
  package let refreshExpiresAt: Timestamp

  init(
    access: String, expiresAt: Timestamp, lifetimeSeconds: Int64, refresh: RefreshToken, refreshExpiresAt: Timestamp
  ) {
    accessToken = SignedTokenText(unchecked: access)
    tokenType = NameText(unchecked: "Bearer")
    expiresIn = LifetimeSeconds(unchecked: lifetimeSeconds)
    self.expiresAt = expiresAt
    refreshToken = refresh
    self.refreshExpiresAt = refreshExpiresAt
  }
}

/// A signed token as it stands in the one answer that shows it.
package struct SignedTokenText: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...CompactToken.maximumBytes }
  package static var sample: String { "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl" }
}

/// For how long something is good, in seconds.
package struct LifetimeSeconds: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 0...2_592_000 }
}
