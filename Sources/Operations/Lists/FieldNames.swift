package import Core
package import Postgres

/// Which fields of each item are wanted: at least one name of the kind's, separated by commas in a query.
package struct FieldNames<Kind: Shaped>: Primitive {
  package let shape: RowShape
  private let names: [String]

  package static var schema: JSONSchema { .array(.choice(known), minimum: 1, maximum: 50) }
  package static var example: FieldNames { FieldNames(shape: Kind.shape, names: known) }
  package var json: JSONValue { .array(names.map { .string($0) }) }

  private static var known: [String] { Kind.shape.columns.map(\.name) }

  private init(shape: RowShape, names: [String]) {
    self.shape = shape
    self.names = names
  }

  package init(json: JSONValue) throws(InvalidValue) {
    guard let items = json.items else { throw InvalidValue("must be an array of names", rule: "type") }
    let names = items.compactMap(\.text)
    guard names.count == items.count else { throw InvalidValue("must be an array of names", rule: "type") }
    guard (1...50).contains(names.count) else { throw InvalidValue("must have 1 to 50 names", rule: "maxItems") }
    guard let shape = Kind.shape.selecting(names) else {
      throw InvalidValue("must be some of \(Self.known.joined(separator: ", "))", rule: "enum")
    }
    self.init(shape: shape, names: names)
  }
}
