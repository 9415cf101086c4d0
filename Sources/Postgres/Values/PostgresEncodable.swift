package import Core
package import FoundationEssentials
package import NIOCore

/// A value that can be bound to a placeholder.
package protocol PostgresEncodable {
  /// Appends the value in PostgreSQL's text form; false means NULL.
  func encode(into text: inout [UInt8]) -> Bool
}

extension PostgresEncodable where Self: RawRepresentable, RawValue: PostgresEncodable {
  package func encode(into text: inout [UInt8]) -> Bool { rawValue.encode(into: &text) }
}

extension String: PostgresEncodable {
  package func encode(into text: inout [UInt8]) -> Bool {
    text.append(contentsOf: utf8)
    return true
  }
}

extension Bool: PostgresEncodable {
  package func encode(into text: inout [UInt8]) -> Bool {
    text.append(self ? UInt8(ascii: "t") : UInt8(ascii: "f"))
    return true
  }
}

extension PostgresEncodable where Self: FixedWidthInteger & SignedInteger {
  package func encode(into text: inout [UInt8]) -> Bool {
    text.append(contentsOf: String(self).utf8)
    return true
  }
}

extension Int: PostgresEncodable {}
extension Int16: PostgresEncodable {}
extension Int32: PostgresEncodable {}
extension Int64: PostgresEncodable {}

extension Double: PostgresEncodable {
  package func encode(into text: inout [UInt8]) -> Bool {
    text.append(contentsOf: (isNaN ? "NaN" : isInfinite ? (self < 0 ? "-Infinity" : "Infinity") : description).utf8)
    return true
  }
}

extension UUID: PostgresEncodable {
  package func encode(into text: inout [UInt8]) -> Bool {
    withUnsafeBytes(of: uuid) { bytes in
      for (index, byte) in bytes.enumerated() {
        if index == 4 || index == 6 || index == 8 || index == 10 { text.append(UInt8(ascii: "-")) }
        text.append(Hex.digit(byte >> 4))
        text.append(Hex.digit(byte & 15))
      }
    }
    return true
  }
}

extension Timestamp: PostgresEncodable {
  package func encode(into text: inout [UInt8]) -> Bool { rfc3339.encode(into: &text) }
}

/// Bytes of a JSON document on their way into or out of a `json` or `jsonb` column, not parsed here.
package struct JSONB: Sendable, Hashable {
  package var bytes: ByteBuffer

  package init(bytes: ByteBuffer) { self.bytes = bytes }

  package init(text: String) { bytes = ByteBuffer(string: text) }
}

extension JSONB: PostgresEncodable {
  package func encode(into text: inout [UInt8]) -> Bool {
    text.append(contentsOf: bytes.readableBytesView)
    return true
  }
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
  package func encode(into text: inout [UInt8]) -> Bool {
    guard let self else { return false }
    return self.encode(into: &text)
  }
}

extension Array: PostgresEncodable where Element: PostgresArrayElement {
  package func encode(into text: inout [UInt8]) -> Bool {
    Element.encode(array: self, into: &text)
    return true
  }
}

enum Hex {
  static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }

  static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 48...57: digit - 48
    case 65...70: digit - 55
    case 97...102: digit - 87
    default: nil
    }
  }
}
