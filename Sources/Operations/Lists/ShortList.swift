import Core
package import Postgres

/// A list of which a hospital has hundreds of rows and not millions: what it selects from and in which order.
///
/// A page is found by its cursor's values in the order's columns, and the total is counted.
package struct ShortList: Sendable {
  /// A column of the order and its type, in which the cursor's text is read back.
  package struct Column: Sendable {
    let name: SQL
    let type: SQL

    package init(_ name: SQL, _ type: SQL) {
      self.name = name
      self.type = type
    }
  }

  /// `table t WHERE …`.
  let source: SQL
  /// All rising or all falling, the last one unique.
  let order: [Column]
  let isFalling: Bool

  package init(_ source: SQL, order: [Column], isFalling: Bool = false) {
    self.source = source
    self.order = order
    self.isFalling = isFalling
  }

  func key(of row: Row) throws -> [String] {
    try order.indices.map { try row.decode(Self.place($0), as: String.self) }
  }

  static func place(_ index: Int) -> String { "place\(index)" }
}

extension ReadCall {
  /// One page of a short list; `name` is what its cursors are bound to: the list and its filter.
  package func documents<Kind: Shaped>(
    _ list: ShortList, _ paging: Paging<Kind>, named name: String
  ) async throws -> Documents<Kind> {
    let place = try paging.place(in: name)
    guard place.after?.count ?? list.order.count == list.order.count else { throw PageCursor.foreign }
    let rows: Rows
    let counted: Rows
    do {
      (rows, counted) = try await both(list.select(paging.shape, place), list.count)
    } catch let error as PostgresError where place.after != nil && error.isDataException {
      // Somebody wrote a cursor himself: its texts are no values of the order's types.
      throw PageCursor.foreign
    }
    let total = try counted.first?.decode("total", as: Int.self)
    let page = try place.page(rows: rows.count, total: total) { try list.key(of: rows[place.limit - 1]) }
    return Documents(rows, shape: paging.shape, page: page)
  }
}
