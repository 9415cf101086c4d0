import Core
import Logging
import Postgres
import Synchronization

/// Audit rows of calls that were refused or failed, each in a transaction of its own.
///
/// The first of its kind (caller, operation, code) is written at once; repeats within a minute are counted and
/// written as one row with their number when the minute is over, or when the process ends.
final class RefusalLog: Sendable {
  private let pool: PostgresPool
  private let clock: ServerClock
  private let logger: Logger
  private let state = Mutex(State())

  private struct Key: Hashable {
    let subject: String
    let operation: String
    let code: String
  }

  private struct Counted {
    var row: AuditRow
    var repeats: Int
    let endsAt: Timestamp
  }

  private struct State {
    var counted: [Key: Counted] = [:]
    var writers: [Int: Task<Void, Never>] = [:]
    var nextWriter = 0
  }

  private static let windowSeconds: Int64 = 60
  private static let capacity = 10_000

  init(pool: PostgresPool, clock: ServerClock, logger: Logger) {
    self.pool = pool
    self.clock = clock
    self.logger = logger
  }

  /// Returns once the row is written, so that a refusal that was answered is on record.
  func note(_ failure: Failure, contract: Contract, caller: Caller?, origin: RequestOrigin) async {
    guard contract.mode == .write || failure.code == .forbidden || failure.code == .unauthorized else { return }
    let isDenied = [.unauthorized, .forbidden, .tooManyRequests].contains(failure.code)
    let action = contract.audit.action ?? contract.name
    let row = AuditRow(
      action: action, category: contract.audit.category, outcome: isDenied ? .denied : .failure,
      code: failure.code.rawValue, caller: caller, origin: origin)
    let key = Key(
      subject: caller?.actorID.text ?? origin.address, operation: contract.name, code: failure.code.rawValue)
    let now = clock.now
    let isFirst = state.withLock { state in
      guard state.counted[key] == nil else {
        state.counted[key]?.repeats += 1
        return false
      }
      if state.counted.count < Self.capacity {
        state.counted[key] = Counted(row: row, repeats: 0, endsAt: now.adding(seconds: Self.windowSeconds))
      }
      return true
    }
    if isFirst { await insert(row) }
  }

  /// Writes everything that is counted and waits for the writers.
  func close() async {
    write(state.withLock { Self.takeEnded(from: &$0, at: Timestamp(microseconds: .max)) })
    while let writer = state.withLock({ $0.writers.first?.value }) { await writer.value }
  }

  /// Looks for windows that have ended; called by the engine once in a while.
  func sweep() {
    let now = clock.now
    write(state.withLock { Self.takeEnded(from: &$0, at: now) })
  }

  private static func takeEnded(from state: inout State, at now: Timestamp) -> [AuditRow] {
    var due: [AuditRow] = []
    for (key, counted) in state.counted where counted.endsAt <= now {
      state.counted[key] = nil
      guard counted.repeats > 0 else { continue }
      var row = counted.row
      row.repeats = counted.repeats
      due.append(row)
    }
    return due
  }

  private func write(_ rows: [AuditRow]) {
    guard !rows.isEmpty else { return }
    state.withLock { state in
      let number = state.nextWriter
      state.nextWriter += 1
      state.writers[number] = Task {
        for row in rows { await self.insert(row) }
        _ = self.state.withLock { $0.writers.removeValue(forKey: number) }
      }
    }
  }

  private func insert(_ row: AuditRow) async {
    do {
      _ = try await pool.run([
        HouseQueries.setTenant(hospital: row.note.hospitalID ?? row.hospitalID, user: nil),
        row.insert(at: clock.now),
      ])
    } catch {
      logger.error("a refusal could not be audited", metadata: ["action": "\(row.action)", "error": "\(error)"])
    }
  }
}

extension Executor {
  /// Writes the counted refusals whose minute is over.
  package func sweepRefusals() { refusals.sweep() }
}
