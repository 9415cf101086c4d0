import Core
import Operations
import Postgres

/// By what a list of alerts is sorted.
package enum AlertSort: String, ChoicePrimitive { case createdAt, urgencyLevel, acknowledgedAt }

package enum SortOrder: String, ChoicePrimitive { case asc, desc }

/// The order of a list of alerts and the sort key of its cursors; each of them is an index walked one way or the other.
struct AlertOrder {
  let sort: AlertSort
  let direction: SortOrder

  /// The most urgent and then the newest first, unless told otherwise; without an acknowledgement comes last.
  init(_ sort: AlertSort?, _ direction: SortOrder?) {
    self.sort = sort ?? .urgencyLevel
    self.direction = direction ?? .desc
  }

  /// What a cursor is bound to.
  var text: String { "\(sort.rawValue) \(direction.rawValue)" }

  /// The sort key's columns, each of them sorted the same way, so that one comparison of rows finds the next page.
  private var columns: [SQL] {
    switch sort {
    case .urgencyLevel: ["a.urgency", "a.created_at", "a.id"]
    case .createdAt: ["a.created_at", "a.id"]
    // Written as the index has it: under RLS a COALESCE would use none.
    case .acknowledgedAt: ["CASE WHEN a.acknowledged_at IS NULL THEN '-infinity' ELSE a.acknowledged_at END", "a.id"]
    }
  }

  /// For ORDER BY.
  var sql: SQL { .joined(columns.map { direction == .desc ? $0 + " DESC" : $0 }, by: ", ") }

  /// The sort key's fields that the shape lacks, to be selected behind it; the next cursor is made of them.
  func missing(in shape: RowShape) -> SQL {
    guard shape.columns.count < AlertKind.shape.columns.count else { return "" }
    let known = Set(shape.columns.map(\.name))
    let needed = AlertKind.shape.columns.filter { keyNames.contains($0.name) && !known.contains($0.name) }
    return needed.isEmpty ? "" : ", \(sql: RowShape(needed).sqlColumns)"
  }

  private var keyNames: [String] {
    sort == .urgencyLevel ? ["urgencyLevel", "createdAt", "id"] : [sort.rawValue, "id"]
  }

  func key(of row: Row) throws -> [String] {
    let time = sort == .acknowledgedAt ? "acknowledgedAt" : "createdAt"
    let key = [
      try row.decode(time, as: Timestamp?.self).map { String($0.microseconds) } ?? "",
      try row.decode("id", as: AlertID.self).text,
    ]
    return sort == .urgencyLevel ? [String(try row.decode("urgencyLevel", as: Int.self))] + key : key
  }

  /// ` AND …` that leaves out everything up to the cursor's key, by one comparison of rows, which an index answers.
  func after(_ key: [String]?) throws(Failure) -> SQL {
    guard let key else { return "" }
    guard let (urgency, time, id) = parse(key) else {
      throw PageCursor.foreign
    }
    var values: [SQL] = [time.map { "\($0)::timestamptz" } ?? "'-infinity'::timestamptz", "\(id)"]
    if let urgency { values.insert("\(urgency)::smallint", at: 0) }
    let comparison: SQL = direction == .desc ? "<" : ">"
    return """
       AND (\(sql: .joined(columns, by: ", "))) \(sql: comparison) (\(sql: .joined(values, by: ", ")))
      """
  }

  private func parse(_ key: [String]) -> (urgency: Int?, time: Timestamp?, id: AlertID)? {
    guard key.count == (sort == .urgencyLevel ? 3 : 2), let id = AlertID(key[key.count - 1]) else { return nil }
    let time = Int64(key[key.count - 2]).map { Timestamp(microseconds: $0) }
    guard time != nil || sort == .acknowledgedAt && key[0].isEmpty else { return nil }
    guard sort == .urgencyLevel else { return (nil, time, id) }
    guard let urgency = Int(key[0]), Urgency.range.contains(Int64(urgency)) else { return nil }
    return (urgency, time, id)
  }
}
