package import Core
package import FoundationEssentials
import NIOCore

/// A value that can be read from a cell.
package protocol PostgresDecodable {
  /// Reads PostgreSQL's text form; throws `UndecodableCell` when it is not a value of this type.
  init(postgres text: Span<UInt8>) throws
  /// What NULL is for this type; throws `UndecodableCell` unless the type is optional.
  static func null() throws -> Self
}

/// The text of a cell is not a value of the asked type; `Row` turns it into an error that names the column.
package struct UndecodableCell: Error {
  package init() {}
}

extension PostgresDecodable {
  package static func null() throws -> Self { throw UndecodableCell() }
}

extension PostgresDecodable where Self: RawRepresentable, RawValue: PostgresDecodable {
  package init(postgres text: Span<UInt8>) throws {
    guard let value = Self(rawValue: try RawValue(postgres: text)) else { throw UndecodableCell() }
    self = value
  }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
  package init(postgres text: Span<UInt8>) throws { self = .some(try Wrapped(postgres: text)) }
  package static func null() -> Wrapped? { nil }
}

extension String: PostgresDecodable {
  package init(postgres text: Span<UInt8>) {
    self = text.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }
}

extension Bool: PostgresDecodable {
  package init(postgres text: Span<UInt8>) throws {
    guard text.count == 1, text[0] == UInt8(ascii: "t") || text[0] == UInt8(ascii: "f") else { throw UndecodableCell() }
    self = text[0] == UInt8(ascii: "t")
  }
}

extension PostgresDecodable where Self: FixedWidthInteger & SignedInteger {
  package init(postgres text: Span<UInt8>) throws {
    let negative = text.count > 0 && text[0] == UInt8(ascii: "-")
    var index = negative ? 1 : 0
    guard index < text.count else { throw UndecodableCell() }
    var value: Self = 0
    while index < text.count {
      guard (48...57).contains(text[index]) else { throw UndecodableCell() }
      let digit = Self(truncatingIfNeeded: text[index] - 48)
      let (tens, over) = value.multipliedReportingOverflow(by: 10)
      // Counted downwards, because the smallest number has no positive counterpart.
      let (sum, past) = tens.subtractingReportingOverflow(digit)
      guard !over, !past else { throw UndecodableCell() }
      value = sum
      index += 1
    }
    guard !negative else {
      self = value
      return
    }
    let (positive, overflow) = Self.zero.subtractingReportingOverflow(value)
    guard !overflow else { throw UndecodableCell() }
    self = positive
  }
}

extension Int: PostgresDecodable {}
extension Int16: PostgresDecodable {}
extension Int32: PostgresDecodable {}
extension Int64: PostgresDecodable {}

extension Double: PostgresDecodable {
  package init(postgres text: Span<UInt8>) throws {
    guard let value = Double(String(postgres: text)) else { throw UndecodableCell() }
    self = value
  }
}

extension UUID: PostgresDecodable {
  package init(postgres text: Span<UInt8>) throws {
    guard text.count == 36 else { throw UndecodableCell() }
    var bytes: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    var index = 0
    for byte in 0..<16 {
      if index == 8 || index == 13 || index == 18 || index == 23 {
        guard text[index] == UInt8(ascii: "-") else { throw UndecodableCell() }
        index += 1
      }
      guard let high = Hex.value(text[index]), let low = Hex.value(text[index + 1]) else { throw UndecodableCell() }
      withUnsafeMutableBytes(of: &bytes) { $0[byte] = high << 4 | low }
      index += 2
    }
    self.init(uuid: bytes)
  }
}

extension Timestamp: PostgresDecodable {
  package init(postgres text: Span<UInt8>) throws {
    guard let value = Timestamp(rfc3339: String(postgres: text)) else { throw UndecodableCell() }
    self = value
  }
}

extension JSONB: PostgresDecodable {
  package init(postgres text: Span<UInt8>) {
    self.init(bytes: text.withUnsafeBufferPointer { ByteBuffer(bytes: $0) })
  }
}

extension Array: PostgresDecodable where Element: PostgresArrayElement {
  package init(postgres text: Span<UInt8>) throws { self = try Element.decode(array: text) }
}
