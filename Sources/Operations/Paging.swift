package import Core
import FoundationEssentials
package import Postgres

/// An opaque place in a list.
package struct PageCursor: Primitive, Hashable {
  package let offset: Int

  package init(offset: Int) { self.offset = offset }

  package static var schema: JSONSchema { .string(minimum: 1, maximum: 100) }
  package static var example: PageCursor { PageCursor(offset: 0) }
  package var json: JSONValue { .string(text) }
  package var text: String { Data("o\(offset)".utf8).base64EncodedString() }

  package init(json: JSONValue) throws(InvalidValue) {
    guard case .string(let text) = json else { throw InvalidValue("must be a string, not \(json.kind)", rule: "type") }
    guard text.utf8.count <= 100, let data = Data(base64Encoded: text), data.first == UInt8(ascii: "o"),
      let offset = Int(String(decoding: data.dropFirst(), as: UTF8.self)), PageOffset.range.contains(Int64(offset))
    else { throw InvalidValue("is not a cursor of this list", rule: "format") }
    self.offset = offset
  }
}

/// Which fields of each item are wanted: 1 to 50 names, separated by commas in a query.
package struct FieldNames: Primitive, Hashable {
  package let names: [String]

  package static var schema: JSONSchema { .array(.string(minimum: 1, maximum: 50), maximum: 50) }
  package static var example: FieldNames { FieldNames(names: ["id"]) }
  package var json: JSONValue { .array(names.map { .string($0) }) }

  private init(names: [String]) { self.names = names }

  package init(json: JSONValue) throws(InvalidValue) {
    guard let items = json.items else { throw InvalidValue("must be an array of names", rule: "type") }
    let names = items.compactMap(\.text)
    guard names.count == items.count else { throw InvalidValue("must be an array of names", rule: "type") }
    guard (1...50).contains(names.count) else { throw InvalidValue("must have 1 to 50 names", rule: "maxItems") }
    self.names = names
  }

  /// The shape with these columns only; throws when it lacks one of them.
  package func of(_ shape: RowShape) throws(Failure) -> RowShape {
    guard let selected = shape.selecting(names) else {
      let known = shape.columns.map(\.name).joined(separator: ", ")
      throw .invalid("fields", "must be some of \(known)", rule: "enum")
    }
    return selected
  }
}

/// Which part of a list is wanted: `limit` with one of `offset`, `page` or `cursor`.
package struct PageRequest: Sendable {
  package let limit: Int
  package let offset: Int

  /// Throws when more than one way to say the place is used.
  package init(
    limit: PageLimit?, offset: PageOffset?, page: PageNumber?, cursor: PageCursor?
  ) throws(Failure) {
    let given = [offset != nil, page != nil, cursor != nil].count { $0 }
    guard given <= 1 else {
      throw .invalid("page", "give only one of offset, page and cursor", rule: "exclusive")
    }
    let limit = Int((limit ?? .standard).value)
    self.limit = limit
    let place = page.map { (Int($0.value) - 1) * limit } ?? cursor?.offset ?? offset.map { Int($0.value) } ?? 0
    self.offset = place
  }
}
