import Core
import Operations
import Postgres

/// The time that figures are counted over: from a moment until before another.
struct FigurePeriod: Sendable {
  private static let longestDays: Int64 = 400
  let start: Timestamp
  let end: Timestamp

  init(start: Timestamp, end: Timestamp) {
    self.start = start
    self.end = end
  }

  /// The last seven days where nothing is said; throws when it ends before it begins or is longer than 400 days.
  init(_ start: Timestamp?, _ end: Timestamp?, now: Timestamp, days: Int64 = 7) throws(Failure) {
    let end = end ?? now
    let start = start ?? end.adding(seconds: -days * 86_400)
    guard start < end else { throw .invalid("endDate", "must lie after startDate", rule: "range") }
    guard end.seconds(since: start) <= Double(Self.longestDays * 86_400) else {
      throw .invalid("startDate", "must lie at most \(Self.longestDays) days before endDate", rule: "range")
    }
    self.init(start: start, end: end)
  }
}

/// How a period is cut into buckets, by the hospital's own calendar.
package enum FigureGroup: String, ChoicePrimitive { case day, week, month }

/// The last hours or days, or the time between two dates.
package enum ResponseRange: String, ChoicePrimitive {
  case day = "24h"
  case week = "7d"
  case month = "30d"
  case quarter = "90d"
  case custom

  var days: Int64 {
    switch self {
    case .day: 1
    case .week, .custom: 7
    case .month: 30
    case .quarter: 90
    }
  }
}

/// The last hour up to the last week.
package enum MetricsRange: String, ChoicePrimitive {
  case hour = "1h"
  case sixHours = "6h"
  case day = "24h"
  case week = "7d"

  var seconds: Int64 {
    switch self {
    case .hour: 3600
    case .sixHours: 6 * 3600
    case .day: 86_400
    case .week: 7 * 86_400
    }
  }
}

extension ReadCall {
  /// A wall shows the board and nothing else.
  func refuseScreens() throws(Failure) {
    guard caller?.kind == .person else { throw Failure(.forbidden, "A ward screen sees the board only.") }
  }

  /// Throws unless the department is one of the hospital's.
  func check(_ department: DepartmentID?) async throws {
    guard let department else { return }
    guard try await !rows(FigureQueries.department(department, in: try hospital.id)).isEmpty else {
      throw Failure.invalid("departmentId", "refers to nothing in this hospital", rule: "exists")
    }
  }

  /// The one row that a statement of figures gives.
  func figures<Kind: Shaped>(_ statement: SQL) async throws -> Document<Kind> {
    guard let row = try await rows(statement).first else { throw Failure.internalFault }
    return try Document(row)
  }
}
