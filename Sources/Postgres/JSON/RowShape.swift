package import Core

/// The columns of a list in order: what they are called in JSON, how SQL computes them, and of what kind they are.
///
/// Rows selected with `sqlColumns` become JSON without passing through Swift values.
package struct RowShape: Sendable {
  package enum Kind: Sendable, Hashable, CaseIterable {
    case string, uuid, integer, boolean, timestamp, json, double
  }

  package struct Column: Sendable {
    /// The key in JSON and the column's alias in SQL.
    package let name: String
    package let expression: SQL
    package let kind: Kind
    package let isNullable: Bool
    /// What a `json` column holds, for the published schema.
    package let schema: JSONSchema?

    package init(
      _ name: String, _ expression: SQL, _ kind: Kind, nullable: Bool = false, schema: JSONSchema? = nil
    ) {
      self.name = name
      self.expression = expression
      self.kind = kind
      isNullable = nullable
      self.schema = schema
    }
  }

  package let columns: [Column]
  /// `expression AS "name", …` for a SELECT or RETURNING list.
  package let sqlColumns: SQL
  /// `"key":` of all columns, one after another, with eight bytes more so that words can be read at the end.
  let keys: [UInt8]
  /// What the writer needs of each column, free of references so that no cell costs a reference count.
  let plan: [Cell]

  struct Cell: Sendable {
    let keyStart: Int
    let keyCount: Int
    let kind: Kind
  }

  package init(_ columns: [Column]) {
    self.columns = columns
    sqlColumns = .joined(columns.map { "\(sql: $0.expression) AS \(identifier: $0.name)" }, by: ", ")
    var keys: [UInt8] = []
    plan = columns.map { column in
      let key = JSONText.quoted(column.name) + [UInt8(ascii: ":")]
      defer { keys += key }
      return Cell(keyStart: keys.count, keyCount: key.count, kind: column.kind)
    }
    self.keys = keys + [UInt8](repeating: 0, count: 8)
  }

  /// The named columns in the shape's own order; nil when a name is unknown or none is given.
  package func selecting(_ names: some Collection<String>) -> RowShape? {
    let wanted = Set(names)
    let chosen = columns.filter { wanted.contains($0.name) }
    return chosen.isEmpty || chosen.count != wanted.count ? nil : RowShape(chosen)
  }
}
