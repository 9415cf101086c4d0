package import Core

extension Executor {
  /// Runs an operation for somebody whose word came another way than by a session, such as a signed reply. Whoever calls
  /// this has found out who it is; what he may is asked here, and the call is audited and counted like any other.
  package func call(
    _ name: String, as caller: Caller, input: JSONValue, origin: RequestOrigin
  ) async throws(Failure) -> any Answer {
    guard let operation = registry.named(name) else { throw .internalFault }
    let started = ContinuousClock.now
    do {
      try Self.authorise(operation.contract, caller: caller)
      let invocation = Invocation(
        input: input, caller: caller, origin: origin, now: clock.now, contract: operation.contract, idempotencyKey: nil)
      let answer = try await operation.perform(self, invocation)
      observer.finished(operation.contract.name, nil, ContinuousClock.now - started)
      return answer
    } catch {
      throw await refused(error, operation.contract, caller: caller, origin: origin, since: started)
    }
  }
}
