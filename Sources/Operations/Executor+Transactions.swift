import Core
import Crypto
import NIOCore
import Postgres
import Secrets

extension Executor {
  func preparation(_ invocation: Invocation) -> Preparation {
    Preparation(
      caller: invocation.caller, origin: invocation.origin, now: invocation.now, passwords: passwords, secrets: secrets,
      pool: pool)
  }

  func read<O: ReadOperation>(_ operation: O, _ invocation: Invocation) async throws -> any Answer {
    guard let answers else { return try await operation.run(readCall(invocation)) }
    return try await answers.answer(invocation) { try await operation.run(readCall(invocation)) }
  }

  func readCall(_ invocation: Invocation) -> ReadCall {
    let caller = invocation.caller
    return ReadCall(
      caller: caller, origin: invocation.origin, now: invocation.now, secrets: secrets, pool: pool,
      tenant: HouseQueries.setTenant(hospital: caller?.hospital?.id, user: caller?.userID))
  }

  func write(
    _ invocation: Invocation, _ run: (inout WriteCall) async throws -> any Answer
  ) async throws -> any Answer {
    let caller = invocation.caller
    let settings = [
      ("ward.hospital", caller?.hospital?.id.text ?? ""), ("ward.user", caller?.userID?.text ?? ""),
    ]
    var wakes = Wakes(hospital: caller?.hospital?.id)
    let answer = try await pool.transaction(settings: settings, sharesFlush: true, retry: .replayable) { transaction in
      var call = WriteCall(
        caller: caller, origin: invocation.origin, now: invocation.now, transaction: transaction, secrets: secrets,
        tenant: caller?.hospital?.id, answers: answers)
      let key = key(of: invocation)
      if let key, let earlier = try await Self.claim(key, in: transaction, secrets) { return earlier as any Answer }
      let answer = try await run(&call)
      try Self.leave(answer, key: key, invocation: invocation, call: call)
      wakes.hospital = call.tenant
      wakes.hasEvents = !call.events.isEmpty
      wakes.hasTimers = call.wakesEngine
      wakes.hasJobs = call.hasJobs
      return answer
    }
    if invocation.contract.mode == .write { answers?.versions.wrote(in: wakes.hospital) }
    observer.committed(wakes)
    return answer
  }

  /// Queues what goes with the commit: the audit row, the stored answer, and last of all the numbered events.
  private static func leave(
    _ answer: any Answer, key: IdempotencyKey?, invocation: Invocation, call: WriteCall
  ) throws {
    if let action = invocation.contract.audit.action {
      var row = AuditRow(
        action: action, category: invocation.contract.audit.category, outcome: .success, caller: invocation.caller,
        origin: invocation.origin)
      let session = call.audit.sessionID ?? row.note.sessionID
      row.note = call.audit
      row.note.sessionID = session
      if row.note.actorID != nil { row.actorKind = .person }
      call.transaction.queue(row.insert(at: invocation.now))
    }
    for row in call.auditRows { call.transaction.queue(row.insert(at: invocation.now)) }
    if let accesses = call.accesses(as: invocation.contract.audit.action ?? invocation.contract.name) {
      call.transaction.queue(accesses)
    }
    if let key {
      var stored = ByteBuffer()
      try answer.write(into: &stored)
      let text = key.isSealed ? try key.seal(stored, with: call.secrets) : String(buffer: stored)
      call.transaction.queue(HouseQueries.remember(text, for: key))
    }
    if !call.events.isEmpty, let hospital = call.tenant {
      call.transaction.queue(HouseQueries.append(call.events, hospital: hospital, at: invocation.now))
    }
  }

  /// Of a password not even a hash is kept but the slow one: it takes no part in what makes two requests the same.
  private func key(of invocation: Invocation) -> IdempotencyKey? {
    guard invocation.contract.mode == .write, let text = invocation.idempotencyKey, let caller = invocation.caller,
      let hospital = caller.hospital,
      !invocation.contract.answersWithSecret
    else { return nil }
    var hash = SHA256()
    let input = invocation.input.without("password").encoded
    let isSealed = invocation.contract.namesPatients
    // A hash without a key would tell who tries names whether one was sent.
    let keyed = isSealed ? secrets.fingerprints(of: input, for: .storedAnswer).first : nil
    hash.update(data: keyed ?? Array(input.utf8))
    return IdempotencyKey(
      hospital: hospital.id, actor: caller.actorID.rawValue, operation: invocation.contract.name, text: text,
      requestHash: Array(hash.finalize()), isSealed: isSealed)
  }

  /// The answer of an earlier request with this key; nil when this is the first.
  private static func claim(
    _ key: IdempotencyKey, in transaction: Transaction, _ secrets: KeyRing
  ) async throws -> Replayed? {
    let results = try await transaction.queries(HouseQueries.claim(key: key))
    guard results.count == 2, let lock = results[0].first else { throw Failure.internalFault }
    guard try lock.decode("claimed", as: Bool.self) else {
      throw Failure(.conflict, "A request with this Idempotency-Key is still running.")
    }
    guard let earlier = results[1].first else { return nil }
    guard try earlier.decode("request_hash", as: [UInt8].self) == key.requestHash else {
      throw Failure(.unprocessable, "This Idempotency-Key was used for another request.")
    }
    let answer = try earlier.decode("answer", as: String.self)
    return Replayed(bytes: key.isSealed ? try key.open(answer, with: secrets) : ByteBuffer(string: answer))
  }
}
