import Postgres

/// The statements of a short list.
extension ShortList {
  var count: SQL { "SELECT count(*) AS total FROM \(sql: source)" }

  func select(_ shape: RowShape, _ place: ListPlace) -> SQL {
    let places = order.enumerated().map { index, column in
      "\(sql: column.name)::text AS \(identifier: Self.place(index))" as SQL
    }
    let sorted = order.map { isFalling ? $0.name + " DESC" : $0.name }
    return """
      SELECT \(sql: shape.sqlColumns), \(sql: .joined(places, by: ", ")) FROM \(sql: source)\(sql: after(place))
      ORDER BY \(sql: .joined(sorted, by: ", ")) LIMIT \(place.limit + 1) OFFSET \(place.skip)
      """
  }

  private func after(_ place: ListPlace) -> SQL {
    guard let key = place.after, key.count == order.count else { return "" }
    let values = zip(order, key).map { column, text in "CAST(\(text)::text AS \(sql: column.type))" as SQL }
    let comparison: SQL = isFalling ? "<" : ">"
    let names = SQL.joined(order.map(\.name), by: ", ")
    return " AND (\(sql: names)) \(sql: comparison) (\(sql: .joined(values, by: ", ")))"
  }
}
