package import Core
import FoundationEssentials
package import NIOCore
package import Postgres

/// The result of an operation: writes itself as JSON and knows its schema.
package protocol Answer: Sendable {
  static var schema: JSONSchema { get }
  /// The schema of one item, where the answer is a page of a list.
  static var isList: Bool { get }
  /// The schema where the caller chose the fields, so that none of them is certain to be there.
  static var narrowedSchema: JSONSchema { get }
  /// What one item is called in the TypeScript types.
  static var itemName: String? { get }
  func write(into buffer: inout ByteBuffer) throws
  var page: PageInfo? { get }
  /// What the answer does to the browser's session cookie.
  var session: SessionChange? { get }
  /// What else the browser is to keep.
  var cookies: [BrowserCookie] { get }
  /// Where a browser goes that came here by a link; programs are given the answer.
  var redirect: String? { get }
  /// Whether browsers are sent on, also when the call fails: to the page that says why.
  static var redirectsBrowsers: Bool { get }
}

/// A sign-in or a sign-out, for the encoder that knows cookies.
package enum SessionChange: Sendable {
  case begins(token: String, seconds: Int)
  case ends
}

extension Answer {
  package var session: SessionChange? { nil }
  package var cookies: [BrowserCookie] { [] }
  package var redirect: String? { nil }
  package static var redirectsBrowsers: Bool { false }
  package static var isList: Bool { false }
  package static var narrowedSchema: JSONSchema { schema.withOptionalItems }
  package static var itemName: String? { nil }
  package var page: PageInfo? { nil }
}

/// A cookie of Ward's besides the session's, never readable by a script; nil as its value ends it.
package struct BrowserCookie: Sendable {
  package enum Name: String, Sendable, CaseIterable {
    /// A device on which somebody has signed in before.
    case device = "ward_device"
    /// The browser that began a sign-in at another provider.
    case signIn = "ward_sign_in"
    /// A sign-in that waits for its second factor.
    case secondStep = "ward_second_step"
  }

  package let name: Name
  package let value: String?
  package let seconds: Int

  package init(_ name: Name, _ value: String?, seconds: Int) {
    self.name = name
    self.value = value
    self.seconds = seconds
  }
}

/// Which part of a list an answer holds.
package struct PageInfo: Sendable {
  package let total: Int
  package let limit: Int
  package let offset: Int
  /// Where the list goes on; nil at its end.
  package let next: PageCursor?

  package init(total: Int, limit: Int, offset: Int, next: PageCursor?) {
    self.total = total
    self.limit = limit
    self.offset = offset
    self.next = next
  }

  package static let schema = JSONSchema.object([
    .init("total", .integer(0...Int64.max)), .init("limit", .integer(1...100)),
    .init("offset", .integer(0...Int64.max)), .init("next", JSONSchema.string().nullable),
  ])

  package var json: JSONValue {
    [
      "total": .integer(Int64(total)), "limit": .integer(Int64(limit)), "offset": .integer(Int64(offset)),
      "next": next.map { .string($0.text) } ?? .null,
    ]
  }
}

/// An answer that is a struct of primitives.
package protocol Record: Answer, Codable {}

extension Record {
  package static var schema: JSONSchema { InputDecoder.schema(of: Self.self, closed: false) }
  package func write(into buffer: inout ByteBuffer) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    buffer.writeBytes(try encoder.encode(self))
  }
}

extension Array: Answer where Element: Record {
  package static var schema: JSONSchema { .array(Element.schema) }
  package func write(into buffer: inout ByteBuffer) throws {
    buffer.writeStaticString("[")
    for (index, item) in enumerated() {
      if index > 0 { buffer.writeStaticString(",") }
      try item.write(into: &buffer)
    }
    buffer.writeStaticString("]")
  }
}

/// A kind of thing whose JSON is written straight from the database's cells.
package protocol Shaped: Sendable {
  static var shape: RowShape { get }
}

extension Shaped {
  /// `AlertKind` describes an `Alert`.
  fileprivate static var itemName: String {
    let name = String(describing: Self.self)
    return name.hasSuffix("Kind") ? String(name.dropLast(4)) : name
  }
}

/// One row as its shape's JSON object.
package struct Document<Kind: Shaped>: Answer {
  package let bytes: ByteBuffer

  package init(_ row: Row) throws {
    var buffer = ByteBuffer()
    try row.writeJSON(Kind.shape, into: &buffer)
    bytes = buffer
  }

  /// A document that was written from the values which the transaction stores; the caller vouches for the shape.
  package init(json: JSONValue) {
    var buffer = ByteBuffer()
    buffer.writeJSON(json)
    bytes = buffer
  }

  /// A document that was kept.
  package init(kept: [UInt8]) { bytes = ByteBuffer(bytes: kept) }

  /// What of it is kept.
  package var kept: [UInt8] { Array(bytes.readableBytesView) }

  package static var schema: JSONSchema { Kind.shape.schema }
  package static var itemName: String? { Kind.itemName }
  package func write(into buffer: inout ByteBuffer) { buffer.writeImmutableBuffer(bytes) }
}

/// A page of rows.
package struct Documents<Kind: Shaped>: Answer {
  private let rows: Rows
  private let shape: RowShape
  private let count: Int
  package let page: PageInfo?

  /// `rows` may hold one row more than the limit, which is left out; `shape` is what the statement selected.
  package init(_ rows: Rows, shape: RowShape = Kind.shape, page: PageInfo?) {
    self.rows = rows
    self.shape = shape
    self.count = min(rows.count, page?.limit ?? rows.count)
    self.page = page
  }

  package static var isList: Bool { true }
  package static var schema: JSONSchema { .array(Kind.shape.schema) }
  package static var itemName: String? { Kind.itemName }
  package func write(into buffer: inout ByteBuffer) throws {
    try rows.writeJSONArray(shape, first: count, into: &buffer)
  }
}

/// Nothing to say but that it was done.
package struct Done: Record {
  package var done: Bool = true
  package init() {}
}
