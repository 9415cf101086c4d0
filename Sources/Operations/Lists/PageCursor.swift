package import Core
import FoundationEssentials

/// An opaque place in a list: the sort key of the last row that was shown, so that rows which come or go before it
/// neither repeat nor hide any. It is bound to the list for which it was made, and it is no secret.
package struct PageCursor: Primitive, Hashable {
  /// How many rows came before; tells the page's `offset`, and is the place itself where a list has no key.
  package let offset: Int
  package let key: [String]
  /// Of the filter and the order for which it was made.
  private let list: String

  package init(offset: Int) { self.init(offset: offset, key: [], list: "") }

  package init(offset: Int, key: [String], list: String) {
    self.offset = offset
    self.key = key
    self.list = list.isEmpty ? "" : Self.mark(of: list)
  }

  package static let foreign = Failure.invalid("cursor", "is not a cursor of this list", rule: "format")

  package func belongs(to list: String) -> Bool { self.list == Self.mark(of: list) }

  package static var schema: JSONSchema { .string(minimum: 1, maximum: 1000) }
  package static var example: PageCursor { PageCursor(offset: 0) }
  package var json: JSONValue { .string(text) }

  /// Letters, digits, `-` and `_`: it goes into a query as it stands.
  package var text: String {
    let parts: JSONValue = [.integer(Int64(offset)), .string(list), .array(key.map { .string($0) })]
    return Data(parts.encoded.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }

  package init(json: JSONValue) throws(InvalidValue) {
    guard case .string(let text) = json else { throw InvalidValue("must be a string, not \(json.kind)", rule: "type") }
    guard text.utf8.count <= 1000, let parts = Self.parts(of: text), parts.count == 3, let offset = parts[0].whole,
      PageOffset.range.contains(offset), let list = parts[1].text, let items = parts[2].items
    else { throw InvalidValue("is not a cursor of this list", rule: "format") }
    let key = items.compactMap(\.text)
    guard key.count == items.count else { throw InvalidValue("is not a cursor of this list", rule: "format") }
    self.offset = Int(offset)
    self.key = key
    self.list = list
  }

  private static func parts(of text: String) -> [JSONValue]? {
    let standard = text.replacing("-", with: "+").replacing("_", with: "/")
    let padded = standard + String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
    guard let data = Data(base64Encoded: padded), let json = try? JSONParser.parse(data) else { return nil }
    return json.items
  }

  /// FNV-1a of 64 bits: the same in every process, and nobody gains by forging it.
  private static func mark(of list: String) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in list.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return String(hash, radix: 36)
  }
}
