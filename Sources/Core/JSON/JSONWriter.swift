package import NIOCore

extension ByteBuffer {
  /// Appends the value as JSON text; a number that JSON cannot hold (NaN, infinity) becomes `null`.
  package mutating func writeJSON(_ value: JSONValue) {
    switch value {
    case .null: writeStaticString("null")
    case .bool(let flag): writeStaticString(flag ? "true" : "false")
    case .integer(let number): writeString(String(number))
    case .number(let number): writeString(number.isFinite ? "\(number)" : "null")
    case .string(let text): writeJSONString(text)
    case .array(let items):
      writeInteger(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { writeInteger(UInt8(ascii: ",")) }
        writeJSON(item)
      }
      writeInteger(UInt8(ascii: "]"))
    case .object(let members):
      writeInteger(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { writeInteger(UInt8(ascii: ",")) }
        writeJSONString(member.key)
        writeInteger(UInt8(ascii: ":"))
        writeJSON(member.value)
      }
      writeInteger(UInt8(ascii: "}"))
    }
  }

  /// Appends a quoted and escaped JSON string.
  package mutating func writeJSONString(_ text: String) {
    writeInteger(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { bytes in
      var start = 0
      for (index, byte) in bytes.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C {
        writeBytes(bytes[start..<index])
        writeEscape(byte)
        start = index + 1
      }
      writeBytes(bytes[start...])
    }
    writeInteger(UInt8(ascii: "\""))
  }

  private mutating func writeEscape(_ byte: UInt8) {
    switch byte {
    case 0x22: writeStaticString("\\\"")
    case 0x5C: writeStaticString("\\\\")
    case 0x0A: writeStaticString("\\n")
    case 0x0D: writeStaticString("\\r")
    case 0x09: writeStaticString("\\t")
    default:
      let hex = String(byte, radix: 16)
      writeString("\\u" + String(repeating: "0", count: 4 - hex.count) + hex)
    }
  }
}

extension JSONValue {
  /// The value as JSON text.
  package var encoded: String {
    var buffer = ByteBuffer()
    buffer.writeJSON(self)
    return String(buffer: buffer)
  }
}
