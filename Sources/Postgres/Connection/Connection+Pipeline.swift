import CLibpq
import Glibc

/// One thing that the server has been asked for and will answer in order.
enum PipelineStep: Sendable {
  case prepare(text: String, name: String)
  case statement(String)
  case deallocate
  case sync
}

/// What came back for the statements up to one Sync.
struct FlushResult: Sendable {
  var rows: [Rows] = []
  var failure: PostgresError?
  /// The connection can no longer be used.
  var isLost = false
  /// The connection was found closed before anything was sent.
  var isStale = false
  /// The connection is outside any transaction afterwards.
  var isClean = false
}

extension Connection {
  /// Sends the statements and one Sync in one flush and waits for the answers.
  ///
  /// Without BEGIN the statements form one implicit transaction. `first` goes out with a Sync of its own before them.
  func flush(_ statements: [SQL], first: SQL? = nil, checksLife: Bool = false) -> FlushResult {
    if checksLife, !isAlive() { return FlushResult(failure: .connectionLost, isLost: true, isStale: true) }
    let started = ContinuousClock.now
    do {
      try begin()
      if let first {
        try send(first)
        try sendSync()
      }
      for statement in statements { try send(statement) }
      try sendSync()
    } catch {
      return lost(error)
    }
    var result = FlushResult()
    if first != nil {
      result = receive(capacity: 1)
      if result.isLost { return result }
    }
    let rest = receive(capacity: statements.count)
    observer.flushed?(statements.count, started.duration(to: lastAnswer).seconds)
    var all = rest
    all.failure = result.failure ?? rest.failure
    all.isClean = isClean
    return all
  }

  /// Prepares for a new flush; statements thrown out of the cache are deallocated ahead of it.
  func begin() throws(PostgresError) {
    guard let raw = handle?.raw else { throw .connectionLost }
    steps.removeAll(keepingCapacity: true)
    nextStep = 0
    unsent = false
    lastAnswer = .now
    guard !cache.abandoned.isEmpty, PQtransactionStatus(raw) == PQTRANS_IDLE else { return }
    for name in cache.takeAbandoned() {
      guard PQsendQueryParams(raw, "DEALLOCATE \(name)", 0, nil, nil, nil, nil, 0) == 1 else { throw .connectionLost }
      steps.append(.deallocate)
    }
    try sendSync()
  }

  func send(_ statement: borrowing SQL) throws(PostgresError) {
    guard let raw = handle?.raw else { throw .connectionLost }
    guard statement.binds.count <= Int(UInt16.max) else {
      throw .protocolViolation("a statement has at most 65535 parameters")
    }
    let text = statement.text
    var sent: Int32
    if configuration.preparesStatements {
      let (name, isNew) = cache.use(text)
      if isNew {
        guard PQsendPrepare(raw, name, text, 0, nil) == 1 else { throw .connectionLost }
        steps.append(.prepare(text: text, name: name))
      }
      sent = statement.binds.withPointers { PQsendQueryPrepared(raw, name, $0, $1, nil, nil, 0) }
    } else {
      sent = statement.binds.withPointers { PQsendQueryParams(raw, text, $0, nil, $1, nil, nil, 0) }
    }
    guard sent == 1 else { throw .connectionLost }
    steps.append(.statement(text))
  }

  func sendSync() throws(PostgresError) {
    guard let raw = handle?.raw, PQpipelineSync(raw) == 1 else { throw .connectionLost }
    steps.append(.sync)
    unsent = PQflush(raw) == 1
  }

  /// Reads answers up to the next Sync.
  func receive(capacity: Int) -> FlushResult {
    var result = FlushResult()
    result.rows.reserveCapacity(capacity)
    // Deallocations carry a Sync of their own in front of the statements.
    if nextStep < steps.count, case .deallocate = steps[nextStep] {
      do { try skipDeallocations() } catch { return lost(error) }
    }
    while nextStep < steps.count {
      let step = steps[nextStep]
      nextStep += 1
      do {
        switch step {
        case .deallocate: break
        case .sync:
          try readSync(&result)
          return result
        case .prepare(let text, let name):
          if let answer = try readCommand(&result) {
            PQclear(answer)
            cache.confirm(text, name)
          } else {
            cache.refused(text, name)
          }
        case .statement(let text):
          let before = lastAnswer
          let answer = try readCommand(&result)
          lastAnswer = .now
          report(text, since: before)
          if let answer {
            result.rows.append(Rows(taking: answer))
          } else if result.failure?.refusal?.isStalePlan == true {
            cache.drop(text)
          }
        }
      } catch {
        return lost(error, after: result)
      }
    }
    return result
  }

  private func report(_ text: String, since before: ContinuousClock.Instant) {
    guard let slow = observer.slow else { return }
    let seconds = before.duration(to: lastAnswer).seconds
    if seconds > configuration.slowQuerySeconds { slow(text, seconds) }
  }

  private func skipDeallocations() throws(PostgresError) {
    var ignored = FlushResult()
    while nextStep < steps.count {
      let step = steps[nextStep]
      nextStep += 1
      if case .sync = step {
        try readSync(&ignored)
        return
      }
      if let answer = try readCommand(&ignored) { PQclear(answer) }
    }
  }

  func lost(_ error: PostgresError, after result: FlushResult = FlushResult()) -> FlushResult {
    close()
    observer.trouble?(error)
    return FlushResult(rows: result.rows, failure: result.failure ?? error, isLost: true)
  }
}

extension Connection {
  /// The answer of one command; nil when it failed or was skipped, with the first failure kept in `result`.
  private func readCommand(_ result: inout FlushResult) throws(PostgresError) -> OpaquePointer? {
    guard let answer = try nextResult() else { throw .protocolViolation("an answer is missing") }
    switch PQresultStatus(answer) {
    case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
      try readEnd()
      return answer
    case PGRES_PIPELINE_ABORTED:
      PQclear(answer)
      try readEnd()
      return nil
    case PGRES_FATAL_ERROR:
      let failure = Self.refusal(of: answer)
      PQclear(answer)
      if result.failure == nil { result.failure = failure }
      try endOfFailure()
      return nil
    default:
      PQclear(answer)
      throw .protocolViolation("COPY and multiple results are not possible here")
    }
  }

  /// A refusal may be the last thing the server says before it closes the connection.
  private func endOfFailure() throws(PostgresError) {
    guard let raw = handle?.raw, PQstatus(raw) == CONNECTION_OK else { throw .connectionLost }
    try readEnd()
  }

  private func readEnd() throws(PostgresError) {
    guard let extra = try nextResult() else { return }
    let failure = Self.refusal(of: extra)
    PQclear(extra)
    guard let raw = handle?.raw, PQstatus(raw) == CONNECTION_OK else { throw .connectionLost }
    throw .protocolViolation("more than one result (\(failure.sqlState ?? "none"))")
  }

  /// The end of a transaction; a deferred constraint of an implicit one fails here.
  private func readSync(_ result: inout FlushResult) throws(PostgresError) {
    while true {
      guard let answer = try nextResult() else { continue }
      defer { PQclear(answer) }
      switch PQresultStatus(answer) {
      case PGRES_PIPELINE_SYNC: return
      case PGRES_FATAL_ERROR:
        if result.failure == nil { result.failure = Self.refusal(of: answer) }
        guard let raw = handle?.raw, PQstatus(raw) == CONNECTION_OK else { throw .connectionLost }
      default: throw .protocolViolation("the end of the pipeline is missing")
      }
    }
  }

  /// The next result, nil at the end of one command's results; throws `connectionLost` when none can come.
  func nextResult() throws(PostgresError) -> OpaquePointer? {
    guard let raw = handle?.raw else { throw .connectionLost }
    let deadline = answerDeadline
    while PQisBusy(raw) == 1 {
      let events = Self.wait(PQsocket(raw), for: unsent ? POLLIN | POLLOUT : POLLIN, until: deadline)
      guard events != 0 else { throw .connectionLost }
      if unsent, events & POLLOUT != 0 {
        let left = PQflush(raw)
        guard left >= 0 else { throw .connectionLost }
        unsent = left == 1
      }
      if events & ~POLLOUT != 0, PQconsumeInput(raw) == 0 { throw .connectionLost }
    }
    return PQgetResult(raw)
  }

  /// The server ends a statement at its own limit; some time later the connection counts as lost.
  private var answerDeadline: ContinuousClock.Instant? {
    let limit = configuration.statementTimeoutSeconds
    return limit > 0 ? .now + .seconds(limit + configuration.answerGraceSeconds) : nil
  }

  static func refusal(of answer: OpaquePointer) -> PostgresError {
    func field(_ code: Character) -> String? {
      guard let ascii = code.asciiValue, let text = PQresultErrorField(answer, Int32(ascii)) else { return nil }
      return String(cString: text)
    }
    // libpq reports a broken connection as an error without SQLSTATE.
    guard let state = field("C") else { return .connectionLost }
    var refusal = PostgresError.ServerRefusal(sqlState: state)
    refusal.message = Self.speaks(state) ? field("M") : nil
    refusal.schema = field("s")
    refusal.table = field("t")
    refusal.column = field("c")
    refusal.constraint = field("n")
    refusal.isStalePlan = (state == "0A000" && field("R") == "RevalidateCachedQuery") || state == "26000"
    return .server(refusal)
  }

  /// Classes whose primary message names objects of the schema and never quotes a value.
  private static func speaks(_ state: String) -> Bool {
    ["08", "0A", "23", "25", "26", "28", "3D", "3F", "40", "42", "53", "54", "55", "57"].contains(state.prefix(2))
  }
}

extension Duration {
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
