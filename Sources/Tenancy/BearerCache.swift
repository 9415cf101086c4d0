package import Core
import Crypto
package import Identity
package import Operations
package import Postgres
package import Secrets
import Synchronization

/// Verified tokens, kept only while LISTEN is up, so that a revocation is in force everywhere within a second.
///
/// At most `capacity` of them and none longer than a minute.
package final class BearerCache: Sendable {
  private struct Entry {
    let bearer: Bearer
    /// What a signed token says; nil for an opaque one.
    let claims: AccessTokens.Claims?
    let goodUntil: Timestamp
    /// Whether a use of the session was written down since it was read.
    var isUsed: Bool
  }

  private struct State {
    var entries: [[UInt8]: Entry] = [:]
    var isListening = false
    /// Counts what was forgotten: a token read before and stored after would bring the old state back.
    var epoch = 0
  }

  private let pool: PostgresPool
  private let tokens: AccessTokens
  private let issuers: ForeignIssuers
  private let secrets: KeyRing
  private let clock: ServerClock
  private let capacity: Int
  private let state = Mutex(State())

  package init(
    pool: PostgresPool, tokens: AccessTokens, issuers: ForeignIssuers, secrets: KeyRing, clock: ServerClock,
    capacity: Int = 10_000
  ) {
    self.pool = pool
    self.tokens = tokens
    self.issuers = issuers
    self.secrets = secrets
    self.clock = clock
    self.capacity = capacity
  }

  package var authenticator: Authenticator {
    Authenticator(knows: { self.knows($0) }) { credentials in try await self.caller(credentials) }
  }

  /// `UNAUTHORIZED` for a token that is none, is over or was revoked; nil when there was none.
  package func caller(_ credentials: Credentials) async throws -> Caller? {
    guard let text = credentials.token else { return nil }
    guard let hash = Self.key(of: text) else { throw Self.refused }
    let now = clock.now
    let (known, epoch) = state.withLock { ($0.entries[hash], $0.epoch) }
    if let known, known.goodUntil > now {
      if credentials.isUse, !known.isUsed {
        try await extend(known.bearer, at: now, key: KeyToken(text)?.hashes(secrets).first)
        state.withLock { $0.entries[hash]?.isUsed = true }
      }
      return try known.bearer.caller(in: credentials.hospital, by: known.claims)
    }
    let keyHashes = KeyToken(text)?.hashes(secrets)
    let isOpaque = keyHashes != nil || SessionToken(text) != nil
    let claims = isOpaque ? nil : try await tokens.verified(text, at: now)
    if !isOpaque, claims == nil, try await !issuers.admit(text, hash: hash, at: now, in: pool) { throw Self.refused }
    let rows = try await pool.run(
      keyHashes.map { TenancyQueries.keyBearer($0) } ?? TenancyQueries.bearer(of: hash, or: claims))
    guard rows.count == 2, let bearer = try Bearer(rows[0], grants: rows[1]) else { throw Self.refused }
    // A session of a foreign token ends with it, however much it is used.
    let livesOn = isOpaque || claims != nil
    if credentials.isUse, livesOn { try await extend(bearer, at: now, key: keyHashes?.first) }
    let goodUntil =
      [
        now.adding(seconds: Int64(min(bearer.pauseSeconds, 60))), bearer.expiresAt, bearer.grantsEnd, claims?.expiresAt,
      ].compactMap(\.self).min() ?? now
    remember(
      Entry(bearer: bearer, claims: claims, goodUntil: goodUntil, isUsed: credentials.isUse || !livesOn), hash, at: now,
      epoch: epoch)
    return try bearer.caller(in: credentials.hospital, by: claims)
  }

  /// Whether the token was good when it was last read and nothing was heard against it since.
  private func knows(_ credentials: Credentials) -> Bool {
    guard let hash = credentials.token.flatMap(Self.key) else { return false }
    let now = clock.now
    return state.withLock { state in
      state.entries[hash].map { entry in
        [entry.bearer.expiresAt, entry.claims?.expiresAt].allSatisfy { $0.map { $0 > now } ?? true }
      } ?? false
    }
  }

  /// Called with the payload of `ward_identity`: a person's or screen's id, or `*` for everybody.
  package func forget(_ subject: String) {
    state.withLock { state in
      state.epoch += 1
      guard let id = Identifier<AnyEntity>(subject) else { return state.entries.removeAll() }
      state.entries = state.entries.filter { entry in
        entry.value.bearer.id != id && entry.value.bearer.userID?.rawValue != id.rawValue
      }
    }
  }

  /// Without LISTEN nothing is cached.
  package func listening(_ isListening: Bool) {
    state.withLock { state in
      state.isListening = isListening
      state.epoch += 1
      state.entries.removeAll()
    }
  }

  private func remember(_ entry: Entry, _ hash: [UInt8], at now: Timestamp, epoch: Int) {
    state.withLock { state in
      guard state.isListening, state.epoch == epoch else { return }
      if state.entries.count >= capacity { state.entries = state.entries.filter { $0.value.goodUntil > now } }
      if state.entries.count >= capacity { state.entries.removeAll() }
      state.entries[hash] = entry
    }
  }

  /// By what a token is known here: its hash. Nil for a text that no token can be.
  private static func key(of text: String) -> [UInt8]? {
    if let token = SessionToken(text) { return token.hash }
    guard KeyToken(text) != nil || text.hasPrefix("eyJ") && text.utf8.count <= 4096 else { return nil }
    return Array(SHA256.hash(data: Array(text.utf8)))
  }

  /// A session that is used lives on: seven days from the day of its last use, up to its absolute end. The use itself
  /// is written at most once an hour, oftener where a hospital's idle limit needs it: within a fifth of the limit.
  ///
  /// A key lives no longer for being used; its hash moves to the newest key of the ring.
  private func extend(_ bearer: Bearer, at now: Timestamp, key: [UInt8]?) async throws {
    guard let expiresAt = bearer.expiresAt, let user = bearer.userID else { return }
    guard bearer.lastSeenAt.map({ now.seconds(since: $0) >= bearer.pauseSeconds }) ?? true else { return }
    if let key, let hospital = bearer.sessionHospitalID {
      _ = try await pool.run(TenancyQueries.touchKey(bearer.id, in: hospital, hash: key))
      return
    }
    let id = SessionID(rawValue: bearer.id.rawValue)
    let isEnding = expiresAt.seconds(since: now) < 6 * 86_400
    _ = try await pool.run(
      [TenancyQueries.become(user), isEnding ? TenancyQueries.extendSession(id) : TenancyQueries.touchSession(id)])
  }

  private static let refused = Failure(.unauthorized, "The session is over. Sign in again.")
}
