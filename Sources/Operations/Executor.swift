package import Core
import Crypto
package import Logging

package import Postgres
package import Secrets

/// Takes every call the same way: limit by address, authenticate, limit by person, authorise, validate, prepare,
/// transaction with tenant, run, audit and events, commit.
package final class Executor: Sendable {
  package let registry: Registry
  package let clock: ServerClock
  let pool: PostgresPool
  let authenticator: Authenticator
  let passwords: Passwords
  package let secrets: KeyRing
  let limiter: RateLimiter
  /// Nil where no answer is kept.
  package let answers: AnswerCache?
  let refusals: RefusalLog
  let observer: ExecutorObserver
  package let logger: Logger

  package init(
    registry: Registry, pool: PostgresPool, authenticator: Authenticator, passwords: Passwords, secrets: KeyRing,
    limiter: RateLimiter, answers: AnswerCache? = nil, clock: ServerClock, observer: ExecutorObserver, logger: Logger
  ) {
    self.registry = registry
    self.pool = pool
    self.authenticator = authenticator
    self.passwords = passwords
    self.secrets = secrets
    self.limiter = limiter
    self.answers = answers
    self.clock = clock
    self.observer = observer
    self.logger = logger
    refusals = RefusalLog(pool: pool, clock: clock, logger: logger)
  }

  /// Runs a call; throws nothing but ``Failure``.
  ///
  /// `input` is nil when the body was no JSON; `problem` then says why, once the caller is known.
  package func call(
    _ operation: RegisteredOperation, input: Result<JSONValue, Failure>, credentials: Credentials,
    origin: RequestOrigin, idempotencyKey: String? = nil
  ) async throws(Failure) -> any Answer {
    let started = ContinuousClock.now
    var caller: Caller?
    do {
      try await admit(operation.contract, input: input, credentials, origin, &caller)
      let invocation = Invocation(
        input: try input.get(), caller: caller, origin: origin, now: clock.now, contract: operation.contract,
        idempotencyKey: try Self.checked(idempotencyKey))
      let answer = try await operation.perform(self, invocation)
      observer.finished(operation.contract.name, nil, ContinuousClock.now - started)
      tell(operation.contract, nil, caller: caller, origin: origin)
      return answer
    } catch {
      throw await refused(error, operation.contract, caller: caller, origin: origin, since: started)
    }
  }

  /// Everything that comes before the input is read: the limits, who calls, and whether he may.
  func admit(
    _ contract: Contract, input: Result<JSONValue, Failure>, _ credentials: Credentials, _ origin: RequestOrigin,
    _ caller: inout Caller?
  ) async throws {
    try limitAddress(credentials, origin)
    caller = try await authenticate(credentials, for: contract)
    try await limit(contract, caller: caller, origin: origin, input: (try? input.get()) ?? .null)
    try Self.authorise(contract, caller: caller)
  }

  /// Counts, logs and audits a call that failed, and says what its caller is told.
  func refused(
    _ error: any Error, _ contract: Contract, caller: Caller?, origin: RequestOrigin,
    since started: ContinuousClock.Instant
  ) async -> Failure {
    let (failure, cause) = DatabaseFailure.translate(error)
    observer.finished(contract.name, failure.code, ContinuousClock.now - started)
    tell(contract, failure.code, caller: caller, origin: origin)
    log(failure, cause: cause, contract, caller: caller, origin: origin)
    await refusals.note(failure, contract: contract, caller: caller, origin: origin)
    return failure
  }

  /// Tells of a call that was made as somebody, or that asks for who calls.
  private func tell(_ contract: Contract, _ code: Failure.Code?, caller: Caller?, origin: RequestOrigin) {
    guard let authenticated = observer.authenticated,
      caller != nil || contract.access != .everyone || contract.provesIdentity
    else { return }
    authenticated(AuthenticatedCall(contract: contract, caller: caller, origin: origin, code: code))
  }

  /// Who calls, for streams and sockets, which are no operations.
  package func authenticate(_ credentials: Credentials, origin: RequestOrigin) async throws(Failure) -> Caller? {
    do {
      try limitAddress(credentials, origin)
      let caller = try await authenticator.authenticate(credentials)
      if let caller { try limiter.count(.connections, subject: caller.actorID.text, at: clock.now) }
      return caller
    } catch let failure as Failure {
      throw failure
    } catch {
      throw authenticationFault(error, request: origin.id)
    }
  }

  /// Who stands behind an open stream or socket by now: counts against no limit and is no use of the session.
  package func lookAgain(_ credentials: Credentials) async throws(Failure) -> Caller? {
    var credentials = credentials
    credentials.isUse = false
    do {
      return try await authenticator.authenticate(credentials)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw authenticationFault(error, request: "again")
    }
  }

  private func authenticationFault(_ error: any Error, request: String) -> Failure {
    let (failure, cause) = DatabaseFailure.translate(error)
    logger.error("authentication failed inside", metadata: ["request": "\(request)", "cause": "\(cause ?? "")"])
    return failure
  }

  /// Before anybody is asked who calls; a token that was found good lately is not held up by its neighbours.
  private func limitAddress(_ credentials: Credentials, _ origin: RequestOrigin) throws(Failure) {
    guard !authenticator.knows(credentials) else { return }
    try limiter.count(.address, subject: origin.address, at: clock.now)
  }

  /// An operation for everyone takes a token that is over for no token: a browser keeps sending its old cookie.
  private func authenticate(_ credentials: Credentials, for contract: Contract) async throws -> Caller? {
    do {
      return try await authenticator.authenticate(credentials)
    } catch let failure as Failure where contract.access == .everyone && failure.code.status < 500 {
      return nil
    }
  }

  /// Writes what is still counted of repeated refusals; at the end of the process.
  package func close() async { await refusals.close() }

  /// Tells the other nodes what was let through here, and hears what they did.
  package func settleLimits() async { await limiter.settle(at: clock.now) }

  private func limit(
    _ contract: Contract, caller: Caller?, origin: RequestOrigin, input: JSONValue
  ) async throws(Failure) {
    let limit = contract.limit.choose?(input) ?? contract.limit
    guard let caller else {
      try limiter.count(.anonymous, subject: origin.address, at: clock.now)
      let subject = "\(contract.name) \(origin.address) \(limit.apart?(input) ?? "")"
      return try await limiter.count(limit, subject: subject, on: clock.now)
    }
    try limiter.count(.caller, subject: "\(caller.actorID.text) \(origin.address)", at: clock.now)
    let subject = "\(contract.name) \(caller.actorID.text) \(limit.apart?(input) ?? "")"
    try await limiter.count(limit, subject: subject, on: clock.now)
  }

  static func authorise(_ contract: Contract, caller: Caller?) throws(Failure) {
    switch contract.access {
    case .everyone: return
    case .signedIn:
      guard let caller else { throw .signInFirst }
      try ownThings(contract, caller)
    case .account:
      guard let caller else { throw .signInFirst }
      guard caller.userID != nil else { throw Failure(.forbidden, "This is not for a screen.") }
      try ownThings(contract, caller)
    case .person:
      guard let caller else { throw .signInFirst }
      guard caller.userID != nil, caller.keyID == nil else { throw Failure(.forbidden, "Only a person can do this.") }
      try ownThings(contract, caller)
    case .permission(let permission):
      guard let caller else { throw .signInFirst }
      guard caller.hospital != nil else {
        throw Failure(.forbidden, "You belong to no hospital yet.")
      }
      guard caller.permissions.contains(permission) else {
        throw Failure(
          .forbidden, "You are not allowed to do this.",
          details: [
            "requiredPermission": .string(permission.rawValue),
            "userPermissions": .array(caller.permissions.list.map { .string($0.rawValue) }),
          ])
      }
      // Whatever its scopes: a key that was read somewhere must not make itself at home.
      guard caller.keyID == nil || contract.mode == .read || contract.audit.category != .security else {
        throw Failure(.forbidden, "A key cannot do this. Sign in.")
      }
    }
  }

  /// Own things are changed by the person himself, not by a screen or a program that acts for him.
  private static func ownThings(_ contract: Contract, _ caller: Caller) throws(Failure) {
    guard contract.mode == .read || caller.sessionID != nil else {
      throw Failure(.forbidden, "Only a person who has signed in can do this.")
    }
  }

  private static func checked(_ key: String?) throws(Failure) -> String? {
    guard let key else { return nil }
    guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw .invalid("Idempotency-Key", "must be 1 to 255 visible ASCII characters", rule: "format")
    }
    return key
  }

  /// One line for each error: enough to find it, nothing that was sent, and not the sentence that the caller is told,
  /// since that may name a colleague.
  private func log(
    _ failure: Failure, cause: String?, _ contract: Contract, caller: Caller?, origin: RequestOrigin
  ) {
    var metadata: Logger.Metadata = [
      "code": "\(failure.code.rawValue)", "type": contract.mode == .read ? "query" : "mutation",
      "path": "\(contract.name)", "request": "\(origin.id)", "userId": "\(caller?.actorID.text ?? "")",
      "hospitalId": "\(caller?.hospital?.id.text ?? "")",
    ]
    if let cause { metadata["cause"] = "\(cause)" }
    logger.log(level: failure.code.status >= 500 ? .error : .info, "call failed", metadata: metadata)
  }
}

/// What the composition root wants to hear: metrics after each call, wakes after each commit.
package struct ExecutorObserver: Sendable {
  package let finished: @Sendable (_ operation: String, _ code: Failure.Code?, _ duration: Duration) -> Void
  package let committed: @Sendable (Wakes) -> Void
  /// Nil where nobody keeps a log of who calls.
  package let authenticated: (@Sendable (AuthenticatedCall) -> Void)?

  package init(
    finished: @escaping @Sendable (String, Failure.Code?, Duration) -> Void,
    committed: @escaping @Sendable (Wakes) -> Void,
    authenticated: (@Sendable (AuthenticatedCall) -> Void)? = nil
  ) {
    self.finished = finished
    self.committed = committed
    self.authenticated = authenticated
  }
}

/// A call as the log of who calls tells it: nothing of what was sent.
package struct AuthenticatedCall: Sendable {
  package let contract: Contract
  /// Nil when nobody was found to call.
  package let caller: Caller?
  package let origin: RequestOrigin
  /// Nil when it succeeded.
  package let code: Failure.Code?
}
