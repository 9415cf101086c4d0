package import Core
package import FoundationEssentials

/// A value that can stand in a PostgreSQL array; `UInt8` is the exception that makes `[UInt8]` a `bytea`.
package protocol PostgresArrayElement {
  static func encode(array: [Self], into text: inout [UInt8])
  static func decode(array text: Span<UInt8>) throws -> [Self]
}

extension PostgresArrayElement where Self: PostgresEncodable {
  /// `{"a","b\"c",NULL}`: every element quoted, so that none is taken for NULL or for a delimiter.
  package static func encode(array: [Self], into text: inout [UInt8]) {
    var scratch: [UInt8] = []
    text.append(UInt8(ascii: "{"))
    for (index, element) in array.enumerated() {
      if index > 0 { text.append(UInt8(ascii: ",")) }
      scratch.removeAll(keepingCapacity: true)
      guard element.encode(into: &scratch) else {
        text.append(contentsOf: "NULL".utf8)
        continue
      }
      text.append(UInt8(ascii: "\""))
      for byte in scratch {
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { text.append(UInt8(ascii: "\\")) }
        text.append(byte)
      }
      text.append(UInt8(ascii: "\""))
    }
    text.append(UInt8(ascii: "}"))
  }
}

extension PostgresArrayElement where Self: PostgresDecodable {
  package static func decode(array text: Span<UInt8>) throws -> [Self] {
    var reader = ArrayReader()
    return try reader.elements(of: text)
  }
}

extension String: PostgresArrayElement {}
extension Bool: PostgresArrayElement {}
extension Int: PostgresArrayElement {}
extension Int16: PostgresArrayElement {}
extension Int32: PostgresArrayElement {}
extension Int64: PostgresArrayElement {}
extension Double: PostgresArrayElement {}
extension UUID: PostgresArrayElement {}
extension Timestamp: PostgresArrayElement {}
extension JSONB: PostgresArrayElement {}
extension Optional: PostgresArrayElement where Wrapped: PostgresEncodable & PostgresDecodable {}

/// So that a list of byte strings is a `bytea[]`.
extension Array: PostgresArrayElement where Element == UInt8 {}

extension UInt8: PostgresArrayElement {
  package static func encode(array: [UInt8], into text: inout [UInt8]) {
    text.reserveCapacity(text.count + 2 * array.count + 2)
    text.append(contentsOf: "\\x".utf8)
    for byte in array {
      text.append(Hex.digit(byte >> 4))
      text.append(Hex.digit(byte & 15))
    }
  }

  package static func decode(array text: Span<UInt8>) throws -> [UInt8] {
    guard text.count >= 2, text.count % 2 == 0, text[0] == UInt8(ascii: "\\"), text[1] == UInt8(ascii: "x") else {
      throw UndecodableCell()
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 2 - 1)
    var index = 2
    while index < text.count {
      guard let high = Hex.value(text[index]), let low = Hex.value(text[index + 1]) else { throw UndecodableCell() }
      bytes.append(high << 4 | low)
      index += 2
    }
    return bytes
  }
}

/// Reads a one-dimensional array in PostgreSQL's text form.
private struct ArrayReader {
  private var index = 0
  private var scratch: [UInt8] = []

  mutating func elements<Element: PostgresDecodable>(of text: Span<UInt8>) throws -> [Element] {
    guard text.count >= 2, text[0] == UInt8(ascii: "{"), text[text.count - 1] == UInt8(ascii: "}") else {
      throw UndecodableCell()
    }
    let end = text.count - 1
    var elements: [Element] = []
    index = 1
    guard index < end else { return elements }
    while true {
      let quoted = try element(of: text, end: end)
      if !quoted, scratch.elementsEqual("NULL".utf8) {
        elements.append(try Element.null())
      } else {
        elements.append(try Element(postgres: scratch.span))
      }
      guard index < end else { return elements }
      guard text[index] == UInt8(ascii: ",") else { throw UndecodableCell() }
      index += 1
    }
  }

  /// Reads one element into `scratch` and says whether it was quoted.
  private mutating func element(of text: Span<UInt8>, end: Int) throws -> Bool {
    scratch.removeAll(keepingCapacity: true)
    let quoted = index < end && text[index] == UInt8(ascii: "\"")
    if quoted { index += 1 }
    while index < end {
      let byte = text[index]
      if byte == UInt8(ascii: "\\") {
        guard index + 1 < end else { throw UndecodableCell() }
        scratch.append(text[index + 1])
        index += 2
        continue
      }
      if quoted, byte == UInt8(ascii: "\"") {
        index += 1
        return true
      }
      if !quoted, byte == UInt8(ascii: ",") { return false }
      if !quoted, byte == UInt8(ascii: "{") { throw UndecodableCell() }
      scratch.append(byte)
      index += 1
    }
    if quoted { throw UndecodableCell() }
    return false
  }
}
