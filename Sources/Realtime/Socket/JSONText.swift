package import NIOCore

/// The few JSON texts that the socket layer itself reads and writes.
package enum JSONText {
  /// The text of a JSON string literal; nil when the slice is no string or holds a lone surrogate.
  static func string(_ literal: ByteBuffer) -> String? {
    let bytes = literal.readableBytesView
    guard bytes.count >= 2, bytes.first == UInt8(ascii: "\""), bytes.last == UInt8(ascii: "\"") else { return nil }
    let inner = bytes.dropFirst().dropLast()
    guard inner.contains(UInt8(ascii: "\\")) else { return String(validating: inner, as: UTF8.self) }
    var units: [UInt8] = []
    units.reserveCapacity(inner.count)
    var index = inner.startIndex
    while index < inner.endIndex {
      guard inner[index] == UInt8(ascii: "\\") else {
        units.append(inner[index])
        index += 1
        continue
      }
      guard index + 1 < inner.endIndex else { return nil }
      guard let scalar = escape(inner, &index) else { return nil }
      units.append(contentsOf: String(Character(scalar)).utf8)
    }
    return String(validating: units, as: UTF8.self)
  }

  private static func escape(_ bytes: ByteBufferView, _ index: inout Int) -> Unicode.Scalar? {
    let kind = bytes[index + 1]
    if kind != UInt8(ascii: "u") {
      index += 2
      switch kind {
      case UInt8(ascii: "n"): return "\n"
      case UInt8(ascii: "t"): return "\t"
      case UInt8(ascii: "r"): return "\r"
      case UInt8(ascii: "b"): return "\u{8}"
      case UInt8(ascii: "f"): return "\u{c}"
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(kind)
      default: return nil
      }
    }
    guard let high = codeUnit(bytes, index + 2) else { return nil }
    index += 6
    guard (0xD800..<0xE000).contains(high) else { return Unicode.Scalar(high) }
    guard high < 0xDC00, index + 1 < bytes.endIndex, bytes[index] == UInt8(ascii: "\\"),
      bytes[index + 1] == UInt8(ascii: "u"), let low = codeUnit(bytes, index + 2), (0xDC00..<0xE000).contains(low)
    else { return nil }
    index += 6
    return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
  }

  private static func codeUnit(_ bytes: ByteBufferView, _ start: Int) -> UInt32? {
    guard start + 4 <= bytes.endIndex else { return nil }
    var value: UInt32 = 0
    for byte in bytes[start..<start + 4] {
      guard let digit = hexadecimal(byte) else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  static func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
  }

  /// Writes the text as a JSON string literal, quotes included.
  package static func write(_ text: String, into buffer: inout ByteBuffer) {
    buffer.writeInteger(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): buffer.writeStaticString("\\\"")
      case UInt8(ascii: "\\"): buffer.writeStaticString("\\\\")
      case 0..<0x20:
        buffer.writeStaticString("\\u00")
        buffer.writeInteger(digit(byte >> 4))
        buffer.writeInteger(digit(byte & 15))
      default: buffer.writeInteger(byte)
      }
    }
    buffer.writeInteger(UInt8(ascii: "\""))
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }

  /// A JSON object of text members, in the order given.
  package static func object(_ members: KeyValuePairs<String, String>, trueMember: String? = nil) -> ByteBuffer {
    var buffer = ByteBuffer()
    var separator = UInt8(ascii: "{")
    if let trueMember {
      buffer.writeInteger(separator)
      write(trueMember, into: &buffer)
      buffer.writeStaticString(":true")
      separator = UInt8(ascii: ",")
    }
    for (name, value) in members {
      buffer.writeInteger(separator)
      write(name, into: &buffer)
      buffer.writeInteger(UInt8(ascii: ":"))
      write(value, into: &buffer)
      separator = UInt8(ascii: ",")
    }
    if separator == UInt8(ascii: "{") { buffer.writeInteger(separator) }
    buffer.writeInteger(UInt8(ascii: "}"))
    return buffer
  }
}
