package import Core
package import NIOCore
package import Operations
import Postgres

/// A page of a list whose rows had to be opened first; the shape is the schema and the choice of fields.
package struct OpenedPage<Kind: Shaped>: Answer {
  private let items: [JSONValue]
  package let page: PageInfo?

  package init(_ items: [JSONValue], page: PageInfo) {
    self.items = items
    self.page = page
  }

  package static var isList: Bool { true }
  package static var schema: JSONSchema { .array(Kind.shape.schema) }
  package static var itemName: String? {
    let name = String(describing: Kind.self)
    return name.hasSuffix("Kind") ? String(name.dropLast(4)) : name
  }
  package func write(into buffer: inout ByteBuffer) { buffer.writeJSON(.array(items)) }
}

package typealias PatientPage = OpenedPage<PatientSummaryKind>
