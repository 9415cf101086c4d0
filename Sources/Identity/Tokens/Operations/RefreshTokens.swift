import Core
package import Operations
import Postgres

/// Trades a refresh token for a new pair, once.
///
/// A token that comes a second time ends its session, and with it every token of that family (RFC 9700, 4.14.2). The
/// trade commits before the answer is made: an answer that is lost on its way costs a new sign-in.
package struct RefreshTokens: PreparedServedOperation {
  package let refreshToken: RefreshToken

  package static let contract = Contract(
    name: "auth.refreshToken", aliases: ["auth.refresh"], route: .post("/auth/refresh", status: 201),
    summary: "Trade a refresh token for a new pair", message: "Tokens are made.", access: .everyone,
    limit: RateLimit("auth.refreshToken", max: 60, windowSeconds: 60), mode: .write,
    audit: .row(action: "tokens_refreshed", category: .security), cache: .never, answersWithSecret: true,
    provesIdentity: true)

  package struct Prepared: Sendable {
    let user: UserID
    let session: SessionID
    let hospital: HospitalID?
    let pair: TokenPair
  }

  package func prepare(_ call: Preparation, _ tokens: AccessTokens) async throws -> Prepared {
    let next = RefreshToken.new()
    guard let row = try await call.rows(TokenQueries.trade(refreshToken, for: next)).first,
      try row.decode("outcome", as: String.self) == "traded"
    else { throw Failure(.unauthorized, "This refresh token is not good any more. Sign in again.") }
    let user: UserID = try row.decode("user_id")
    let session: SessionID = try row.decode("session_id")
    let hospital: HospitalID? = try row.decode("hospital_id")
    let made = try await tokens.issue(for: user, session: session, in: hospital, at: call.now)
    let pair = TokenPair(
      access: made.text, expiresAt: made.expiresAt, lifetimeSeconds: tokens.lifetimeSeconds, refresh: next,
      refreshExpiresAt: try row.decode("refresh_expires_at"))
    return Prepared(user: user, session: session, hospital: hospital, pair: pair)
  }

  package func run(_ call: inout WriteCall, _ prepared: Prepared) async throws -> TokenPair {
    call.transaction.queue(IdentityQueries.become(prepared.user, in: prepared.hospital))
    call.audit.actorID = prepared.user
    call.audit.hospitalID = prepared.hospital
    call.audit.sessionID = prepared.session
    call.audit.resource("session", prepared.session)
    return prepared.pair
  }
}
