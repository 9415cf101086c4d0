import Core
import Postgres

/// The statements of resealing.
enum SealedQueries {
  /// Rows whose bytes do not begin as the newest key's do, in the order of their key, locked. No bytes are no sealed
  /// ones: a periodic job has no content.
  static func older(than head: [UInt8], _ column: SealedColumn, after last: [String]?, limit: Int) -> SQL {
    let names = SQL.joined(column.keys.map { "\(identifier: $0.name)" }, by: ", ")
    let texts = column.keys.enumerated().map { "\(identifier: $1.name)::text AS \(identifier: "key\($0)")" as SQL }
    let place: SQL = last.map { " AND (\(sql: names)) > (\(sql: values($0, of: column.keys)))" } ?? ""
    return """
      SELECT \(identifier: column.column) AS sealed, \(sql: .joined(texts, by: ", ")) FROM \(identifier: column.table)
      WHERE length(\(identifier: column.column)) > 0
        AND substring(\(identifier: column.column) FROM 1 FOR \(head.count)) <> \(head)\(sql: place)
      ORDER BY \(sql: names) LIMIT \(limit) FOR UPDATE
      """
  }

  static func write(
    _ sealed: [UInt8], table: String, column: String, keys: [SealedColumn.Key], values: [String]
  ) -> SQL {
    let names = SQL.joined(keys.map { "\(identifier: $0.name)" }, by: ", ")
    return """
      UPDATE \(identifier: table) SET \(identifier: column) = \(sealed)
      WHERE (\(sql: names)) = (\(sql: self.values(values, of: keys)))
      """
  }

  private static func values(_ values: [String], of keys: [SealedColumn.Key]) -> SQL {
    .joined(zip(values, keys).map { $1.type == .uuid ? "\($0)::uuid" : "\($0)::text" }, by: ", ")
  }
}
