extension Connection {
  /// Answers the requests and then whatever waits in the pool's line, without leaving this thread in between.
  func serve(_ first: [RunRequest], for pool: PostgresPool) {
    var requests = first
    var hasRested = true
    while true {
      let outcome = perform(requests, checksLife: hasRested)
      hasRested = false
      if !outcome.unsent.isEmpty { pool.putBack(outcome.unsent) }
      let next = pool.next(for: self, isClean: isClean)
      // The last caller goes on only now, so that its next request finds the connection free.
      outcome.answerLast()
      switch next {
      case .rest: return
      case .lend(let continuation):
        continuation.resume(returning: self)
        return
      case .run(let more): requests = more
      case .close:
        close()
        pool.closed()
        return
      }
    }
  }

  private struct Outcome {
    /// Not sent, because the connection was already closed.
    var unsent: [RunRequest] = []
    /// The caller that is yet to be answered.
    var last: (continuation: CheckedContinuation<[Rows], any Error>, result: Result<[Rows], any Error>)?

    func answerLast() { last?.continuation.resume(with: last?.result ?? .success([])) }
  }

  /// Sends all requests in one go, each with a Sync of its own, and answers each but the last as its results arrive.
  private func perform(_ requests: [RunRequest], checksLife: Bool) -> Outcome {
    guard !checksLife || isAlive() else { return Outcome(unsent: requests) }
    let started = ContinuousClock.now
    do {
      try begin()
      for request in requests {
        for statement in request.statements { try send(statement) }
        try sendSync()
      }
    } catch {
      _ = lost(error)
    }
    var outcome = Outcome()
    var stale: [RunRequest] = []
    var count = 0
    for request in requests {
      count += request.statements.count
      let result = receive(capacity: request.statements.count)
      if result.failure?.refusal?.isStalePlan == true, !request.isReplanned, !result.isLost {
        stale.append(request)
        continue
      }
      outcome.answerLast()
      outcome.last = (request.continuation, result.failure.map { .failure($0) } ?? .success(result.rows))
    }
    observer.flushed?(count, started.duration(to: lastAnswer).seconds)
    guard !stale.isEmpty else { return outcome }
    outcome.answerLast()
    return performAgain(stale)
  }

  /// Sends requests a second time whose plans had become stale.
  private func performAgain(_ stale: [RunRequest]) -> Outcome {
    let again = stale.map { RunRequest(statements: $0.statements, continuation: $0.continuation, isReplanned: true) }
    return perform(again, checksLife: false)
  }
}

extension Connection {
  /// Ends an open transaction without its effects; false when the connection is then not fit for others.
  func rollBack() -> Bool {
    guard isOpen else { return false }
    if !isClean { _ = flush(["ROLLBACK"]) }
    return isClean
  }
}
