/// What went wrong between Ward and PostgreSQL, without any value of a row or a parameter.
package enum PostgresError: Error, Sendable, Equatable {
  /// The server refused a statement.
  case server(ServerRefusal)
  /// No connection could be made; the reason is libpq's and holds no password.
  case connectFailed(reason: String)
  /// The connection broke before COMMIT was sent: the work is not done.
  case connectionLost
  /// The connection broke while COMMIT was on its way: the work may be done or not.
  case commitUnknown
  /// COMMIT was answered with ROLLBACK, because a statement had failed before: the work is not done.
  case rolledBack
  /// A transaction was used after its end, by two tasks at once, or ended by its own statements.
  case transactionMisused
  /// Every connection stayed busy for the acquire timeout, or too many callers were waiting.
  case poolExhausted
  /// The pool was closed or has not been started.
  case poolClosed
  /// Connecting failed several times in a row; callers fail at once until the next attempt is due.
  case circuitOpen
  /// A text value held a NUL character, which PostgreSQL cannot store.
  case nulCharacter
  /// A cell does not hold a value of the asked type, or there is no such column.
  case undecodable(column: String, type: String)
  /// The server's answer did not fit the protocol; the connection is given up.
  case protocolViolation(String)
  /// A setting, such as the database URL, cannot be used.
  case badConfiguration(String)

  /// The fields of an error answer that are safe to show. DETAIL, HINT, WHERE and QUERY hold values and are not read.
  package struct ServerRefusal: Sendable, Equatable {
    /// Five characters, see appendix A of PostgreSQL's manual.
    package var sqlState: String
    /// The primary message; nil for classes whose message quotes values (22 data exception, P0 raised, unknown ones).
    package var message: String?
    package var schema: String?
    package var table: String?
    package var column: String?
    package var constraint: String?
    /// The prepared statement no longer fits the schema or is gone; preparing anew helps.
    var isStalePlan = false
  }
}

extension PostgresError {
  package var refusal: ServerRefusal? {
    if case .server(let refusal) = self { refusal } else { nil }
  }

  package var sqlState: String? { refusal?.sqlState }
  package var constraint: String? { refusal?.constraint }
  package var isUniqueViolation: Bool { sqlState == "23505" }
  package var isForeignKeyViolation: Bool { sqlState == "23503" }
  package var isCheckViolation: Bool { sqlState == "23514" }
  package var isExclusionViolation: Bool { sqlState == "23P01" }
  /// A text that is no value of its type, a division by zero and the like: class 22 of the SQLSTATE list.
  package var isDataException: Bool { sqlState?.hasPrefix("22") ?? false }
  package var isStatementTimeout: Bool { sqlState == "57014" }

  /// True when the work is certainly not done and the same work may succeed if it is done again from its start.
  package var isReplayable: Bool {
    switch self {
    case .connectionLost: true
    case .server(let refusal):
      refusal.isStalePlan || ["40001", "40P01", "57P01", "57P02", "57P03", "25P03"].contains(refusal.sqlState)
    default: false
    }
  }
}

extension PostgresError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .server(let refusal):
      var text = "PostgreSQL refused the statement (\(refusal.sqlState))"
      if let message = refusal.message { text += ": \(message)" }
      if let table = refusal.table { text += ", table \(table)" }
      if let column = refusal.column { text += ", column \(column)" }
      if let constraint = refusal.constraint { text += ", constraint \(constraint)" }
      return text
    case .connectFailed(let reason): return "cannot connect to PostgreSQL: \(reason)"
    case .connectionLost: return "the connection to PostgreSQL broke; nothing was committed"
    case .commitUnknown: return "the connection to PostgreSQL broke during COMMIT; the outcome is unknown"
    case .rolledBack: return "PostgreSQL rolled the transaction back instead of committing it"
    case .transactionMisused: return "a transaction was used after its end or by two tasks at once"
    case .poolExhausted: return "no database connection became free in time"
    case .poolClosed: return "the connection pool is not open"
    case .circuitOpen: return "PostgreSQL has been unreachable; the next attempt is not yet due"
    case .nulCharacter: return "a text value holds a NUL character, which PostgreSQL cannot store"
    case .undecodable(let column, let type): return "column \(column) does not hold a value of type \(type)"
    case .protocolViolation(let what): return "unexpected answer from PostgreSQL: \(what)"
    case .badConfiguration(let what): return "bad database configuration: \(what)"
    }
  }
}
