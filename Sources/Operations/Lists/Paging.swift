package import Core
package import Postgres

/// How every list is walked and narrowed: `limit` with one of `page`, `offset` or `cursor`, and `fields`.
///
/// An operation that lists reads it from its own decoder, so the names stand beside its other inputs.
package struct Paging<Kind: Shaped>: Decodable, Sendable {
  package let limit: PageLimit?
  package let page: PageNumber?
  package let offset: PageOffset?
  package let cursor: PageCursor?
  package let fields: FieldNames<Kind>?

  private enum Key: String, CodingKey { case limit, page, offset, cursor, fields }

  package init(from decoder: any Decoder) throws {
    let input = try decoder.container(keyedBy: Key.self)
    limit = try input.decodeIfPresent(PageLimit.self, forKey: .limit)
    page = try input.decodeIfPresent(PageNumber.self, forKey: .page)
    offset = try input.decodeIfPresent(PageOffset.self, forKey: .offset)
    cursor = try input.decodeIfPresent(PageCursor.self, forKey: .cursor)
    fields = try input.decodeIfPresent(FieldNames<Kind>.self, forKey: .fields)
    if [page != nil, offset != nil, cursor != nil].count(where: { $0 }) > 1 {
      (decoder as? any InputNoting)?.note("page", "give only one of page, offset and cursor", rule: "exclusive")
    }
  }

  /// The columns that the statement selects and the answer writes.
  package var shape: RowShape { fields?.shape ?? Kind.shape }

  /// The place in the list of this name, filter and order; throws for a cursor of another one.
  package func place(in list: String) throws(Failure) -> ListPlace {
    if let cursor, !cursor.belongs(to: list) {
      throw .invalid("cursor", "is not a cursor of this list with this filter and order", rule: "format")
    }
    let limit = Int((limit ?? .standard).value)
    let offset = page.map { (Int($0.value) - 1) * limit } ?? cursor?.offset ?? offset.map { Int($0.value) } ?? 0
    return ListPlace(list: list, limit: limit, offset: offset, after: cursor?.key)
  }
}

/// Where a page begins.
package struct ListPlace: Sendable {
  private let list: String
  package let limit: Int
  /// How many rows come before.
  package let offset: Int
  /// The sort key after which the page begins; nil for a page that is found by counting rows.
  package let after: [String]?

  fileprivate init(list: String, limit: Int, offset: Int, after: [String]?) {
    self.list = list
    self.limit = limit
    self.offset = offset
    self.after = after
  }

  /// How many rows the statement leaves out.
  package var skip: Int { after == nil ? offset : 0 }

  /// The page of `rows` rows, of which one more than the limit tells that there are more; `key` is asked for the sort
  /// key of the last row shown. Without a total, or where counting stopped before the page, what is known from here
  /// counts.
  package func page(rows: Int, total: Int?, key: () throws -> [String]) rethrows -> PageInfo {
    let next = rows > limit ? PageCursor(offset: offset + limit, key: try key(), list: list) : nil
    let seen = rows > 0 ? offset + rows : 0
    return PageInfo(total: max(total ?? offset, seen), limit: limit, offset: offset, next: next)
  }
}
