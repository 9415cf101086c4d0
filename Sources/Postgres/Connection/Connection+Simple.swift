import CLibpq
import Glibc

extension Connection {
  var isInTransaction: Bool { handle.map { PQtransactionStatus($0.raw) == PQTRANS_INTRANS } ?? false }

  /// One statement outside a pool.
  func rows(_ statement: SQL) throws(PostgresError) -> Rows {
    let result = flush([statement])
    if let failure = result.failure { throw failure }
    guard let rows = result.rows.last else { throw .protocolViolation("a statement without an answer") }
    return rows
  }

  /// Runs text of several statements through the simple protocol, as migrations need it; the last result is returned.
  func execute(_ text: String) throws(PostgresError) -> Rows? {
    try outsidePipeline { raw throws(PostgresError) in
      guard PQsendQuery(raw, text) == 1 else { throw .connectionLost }
      unsent = PQflush(raw) == 1
      return try results()
    }
  }

  /// Sends rows in COPY's text form to a `COPY … FROM STDIN` statement and returns how many the server took.
  func copy(_ statement: String, _ bytes: [UInt8]) throws(PostgresError) -> Int {
    try outsidePipeline { raw throws(PostgresError) in
      guard PQsendQuery(raw, statement) == 1 else { throw .connectionLost }
      unsent = PQflush(raw) == 1
      guard let ready = try nextResult() else { throw .protocolViolation("COPY without an answer") }
      let status = PQresultStatus(ready)
      guard status == PGRES_COPY_IN else {
        let failure =
          status == PGRES_FATAL_ERROR ? Self.refusal(of: ready) : .protocolViolation("not a COPY FROM STDIN")
        PQclear(ready)
        _ = try results()
        throw failure
      }
      PQclear(ready)
      try put(bytes, raw)
      return try results()?.affected ?? 0
    }
  }

  private func put(_ bytes: [UInt8], _ raw: OpaquePointer) throws(PostgresError) {
    let chunk = 1 << 16
    var offset = 0
    while offset < bytes.count {
      let size = min(chunk, bytes.count - offset)
      let sent = bytes.withUnsafeBytes { block in
        PQputCopyData(
          raw, block.baseAddress?.advanced(by: offset).assumingMemoryBound(to: CChar.self), Int32(size))
      }
      guard sent >= 0 else { throw .connectionLost }
      if sent == 1 { offset += size }
      try drain(raw)
    }
    while true {
      let sent = PQputCopyEnd(raw, nil)
      guard sent >= 0 else { throw .connectionLost }
      try drain(raw)
      if sent == 1 { return }
    }
  }

  /// Waits until everything is sent, reading meanwhile so that neither side blocks the other.
  private func drain(_ raw: OpaquePointer) throws(PostgresError) {
    while true {
      let left = PQflush(raw)
      guard left >= 0 else { throw .connectionLost }
      guard left == 1 else { return }
      let deadline = ContinuousClock.now + .seconds(configuration.statementTimeoutSeconds + 60)
      let events = Self.wait(PQsocket(raw), for: POLLIN | POLLOUT, until: deadline)
      guard events != 0 else { throw .connectionLost }
      if events & ~POLLOUT != 0, PQconsumeInput(raw) == 0 { throw .connectionLost }
    }
  }

  /// The last result of a simple query; the first failure is thrown after all results were read.
  private func results() throws(PostgresError) -> Rows? {
    var last: Rows?
    var failure: PostgresError?
    while let answer = try nextResult() {
      switch PQresultStatus(answer) {
      case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: last = Rows(taking: answer)
      case PGRES_FATAL_ERROR:
        failure = failure ?? Self.refusal(of: answer)
        PQclear(answer)
      default:
        PQclear(answer)
        throw .protocolViolation("COPY is not possible here")
      }
    }
    if let failure { throw failure }
    return last
  }

  /// Leaves pipeline mode for the body; a connection that cannot come back to it is given up.
  private func outsidePipeline<R>(
    _ body: (OpaquePointer) throws(PostgresError) -> R
  ) throws(PostgresError) -> R {
    guard let raw = handle?.raw, PQexitPipelineMode(raw) == 1 else {
      close()
      throw .connectionLost
    }
    do throws(PostgresError) {
      let value = try body(raw)
      guard PQenterPipelineMode(raw) == 1 else { throw .connectionLost }
      return value
    } catch {
      if PQstatus(raw) != CONNECTION_OK || (PQpipelineStatus(raw) == PQ_PIPELINE_OFF && PQenterPipelineMode(raw) != 1) {
        close()
      }
      throw error
    }
  }
}
