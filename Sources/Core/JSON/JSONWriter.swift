package import NIOCore

extension ByteBuffer {
  /// Appends the value as JSON text; a number that JSON cannot hold (NaN, infinity) becomes `null`.
  package mutating func writeJSON(_ value: JSONValue) { writeBytes(JSONText(value).bytes) }

  /// Appends a quoted and escaped JSON string.
  package mutating func writeJSONString(_ text: String) { writeBytes(JSONText(.string(text)).bytes) }
}

/// JSON as text, gathered in an array: a single byte costs less there than in a buffer that others may share.
private struct JSONText {
  private(set) var bytes: [UInt8] = []

  init(_ value: JSONValue) { append(value) }

  private mutating func append(_ value: JSONValue) {
    switch value {
    case .null: append("null")
    case .bool(let flag): append(flag ? "true" : "false")
    case .integer(let number): append(String(number))
    case .number(let number): append(number.isFinite ? "\(number)" : "null")
    case .string(let text): appendQuoted(text)
    case .array(let items):
      bytes.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        append(item)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        appendQuoted(member.key)
        bytes.append(UInt8(ascii: ":"))
        append(member.value)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func appendQuoted(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { text in
      var start = 0
      for (index, byte) in text.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C {
        bytes.append(contentsOf: text[start..<index])
        appendEscape(byte)
        start = index + 1
      }
      bytes.append(contentsOf: text[start...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func appendEscape(_ byte: UInt8) {
    switch byte {
    case 0x22: append("\\\"")
    case 0x5C: append("\\\\")
    case 0x0A: append("\\n")
    case 0x0D: append("\\r")
    case 0x09: append("\\t")
    default:
      let hex = String(byte, radix: 16)
      append("\\u" + String(repeating: "0", count: 4 - hex.count) + hex)
    }
  }
}

extension JSONValue {
  /// The value as JSON text.
  package var encoded: String { String(decoding: JSONText(self).bytes, as: UTF8.self) }
}
