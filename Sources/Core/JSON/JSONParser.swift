/// Why a text is not the JSON that Ward takes; the offset is in bytes.
package struct JSONSyntaxError: Error, Sendable, Equatable {
  package let message: String
  package let offset: Int
}

/// A strict reader of JSON (RFC 8259): nesting of at most 64, no duplicate keys, no lone surrogates, no NUL,
/// valid UTF-8, exact 64-bit integers, nothing after the value.
package struct JSONParser {
  package static let maximumDepth = 64

  private let bytes: [UInt8]
  private var index = 0

  package static func parse(_ bytes: some Sequence<UInt8>) throws(JSONSyntaxError) -> JSONValue {
    var parser = JSONParser(bytes: Array(bytes))
    parser.skipSpace()
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.index == parser.bytes.count else { throw parser.error("text after the value") }
    return value
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private func error(_ message: String) -> JSONSyntaxError { JSONSyntaxError(message: message, offset: index) }

  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
  }

  private mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    guard depth <= Self.maximumDepth else { throw error("nested deeper than \(Self.maximumDepth)") }
    switch next {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case .some(UInt8(ascii: "-")), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return try number()
    case .none: throw error("the text ends too early")
    default: throw error("not a JSON value")
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
    let end = index + word.utf8CodeUnitCount
    guard end <= bytes.count, bytes[index..<end].elementsEqual("\(word)".utf8) else { throw error("not a JSON value") }
    index = end
    return value
  }

  private mutating func object(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    index += 1
    var members: [JSONValue.Member] = []
    var seen: Set<String> = []
    skipSpace()
    if next == UInt8(ascii: "}") {
      index += 1
      return .object([])
    }
    while true {
      guard next == UInt8(ascii: "\"") else { throw error("a key must be a string") }
      let key = try string()
      guard seen.insert(key).inserted else { throw error("a key is given twice") }
      skipSpace()
      guard next == UInt8(ascii: ":") else { throw error("expected ':'") }
      index += 1
      skipSpace()
      members.append(.init(key, try value(depth: depth + 1)))
      skipSpace()
      guard try more(until: UInt8(ascii: "}")) else { return .object(members) }
    }
  }

  private mutating func array(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    index += 1
    var items: [JSONValue] = []
    skipSpace()
    if next == UInt8(ascii: "]") {
      index += 1
      return .array([])
    }
    while true {
      items.append(try value(depth: depth + 1))
      skipSpace()
      guard try more(until: UInt8(ascii: "]")) else { return .array(items) }
    }
  }

  private mutating func more(until end: UInt8) throws(JSONSyntaxError) -> Bool {
    guard let byte = next, byte == UInt8(ascii: ",") || byte == end else { throw error("expected ',' or an end") }
    index += 1
    skipSpace()
    return byte != end
  }

  private mutating func number() throws(JSONSyntaxError) -> JSONValue {
    let start = index
    if next == UInt8(ascii: "-") { index += 1 }
    guard let first = next, isDigit(first) else { throw error("not a number") }
    index += 1
    if first != UInt8(ascii: "0") { skipDigits() }
    var whole = true
    if next == UInt8(ascii: ".") {
      whole = false
      index += 1
      guard let digit = next, isDigit(digit) else { throw error("not a number") }
      skipDigits()
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      whole = false
      index += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { index += 1 }
      guard let digit = next, isDigit(digit) else { throw error("not a number") }
      skipDigits()
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if whole, let value = Int64(text) { return .integer(value) }
    guard let value = Double(text), value.isFinite else { throw error("a number out of range") }
    return .number(value)
  }

  private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private mutating func skipDigits() {
    while let byte = next, isDigit(byte) { index += 1 }
  }

  private mutating func string() throws(JSONSyntaxError) -> String {
    index += 1
    var start = index
    var collected: [UInt8] = []
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        collected.append(contentsOf: bytes[start..<index])
        guard let text = String(validating: collected, as: UTF8.self) else { throw error("not valid UTF-8") }
        index += 1
        return text
      case UInt8(ascii: "\\"):
        collected.append(contentsOf: bytes[start..<index])
        index += 1
        try escape(into: &collected)
        start = index
      case 0..<0x20: throw error("a control character in a string")
      default: index += 1
      }
    }
    throw error("a string without end")
  }

  private mutating func escape(into collected: inout [UInt8]) throws(JSONSyntaxError) {
    guard let byte = next else { throw error("a string without end") }
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): collected.append(byte)
    case UInt8(ascii: "b"): collected.append(0x08)
    case UInt8(ascii: "f"): collected.append(0x0C)
    case UInt8(ascii: "n"): collected.append(0x0A)
    case UInt8(ascii: "r"): collected.append(0x0D)
    case UInt8(ascii: "t"): collected.append(0x09)
    case UInt8(ascii: "u"):
      var code = try hex()
      if (0xD800..<0xDC00).contains(code) {
        guard next == UInt8(ascii: "\\"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "u") else {
          throw error("a lone surrogate")
        }
        index += 2
        let low = try hex()
        guard (0xDC00..<0xE000).contains(low) else { throw error("a lone surrogate") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard code != 0 else { throw error("a NUL character") }
      guard let scalar = Unicode.Scalar(code) else { throw error("a lone surrogate") }
      collected.append(contentsOf: String(scalar).utf8)
    default: throw error("an unknown escape")
    }
  }

  private mutating func hex() throws(JSONSyntaxError) -> UInt32 {
    guard index + 4 <= bytes.count else { throw error("a string without end") }
    var code: UInt32 = 0
    for byte in bytes[index..<index + 4] {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): code = code << 4 | UInt32(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): code = code << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): code = code << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
      default: throw error("not four hex digits")
      }
    }
    index += 4
    return code
  }
}
