import NIOCore

/// A strict reader that finds where JSON values begin and end without building them.
///
/// Total: any bytes give a value or nil. Nesting up to 64, the depth the rest of Ward accepts.
struct JSONScanner {
  static let maximumDepth = 64

  private let bytes: ByteBufferView
  private var position: Int

  init(_ buffer: ByteBuffer) {
    bytes = buffer.readableBytesView
    position = bytes.startIndex
  }

  /// The elements of a JSON array as raw slices; nil when the bytes are anything but exactly one array.
  static func elements(of buffer: ByteBuffer, limit: Int = 64) -> [ByteBuffer]? {
    var scanner = JSONScanner(buffer)
    guard let ranges = scanner.array(limit: limit) else { return nil }
    return ranges.compactMap { buffer.getSlice(at: $0.lowerBound, length: $0.count) }
  }

  /// The members of a JSON object by name as raw slices; nil for anything else, and for a name that occurs twice.
  static func members(of buffer: ByteBuffer) -> [String: ByteBuffer]? {
    var scanner = JSONScanner(buffer)
    return scanner.object(in: buffer)
  }

  /// Whether the bytes are exactly one JSON value.
  static func isValue(_ buffer: ByteBuffer) -> Bool {
    var scanner = JSONScanner(buffer)
    return scanner.value(depth: 1) && scanner.finished()
  }

  private mutating func array(limit: Int) -> [Range<Int>]? {
    skipSpace()
    guard take("[") else { return nil }
    var found: [Range<Int>] = []
    skipSpace()
    if take("]") { return finished() ? found : nil }
    while found.count < limit {
      skipSpace()
      let start = position
      guard value(depth: 2) else { return nil }
      found.append(start..<position)
      skipSpace()
      if take("]") { return finished() ? found : nil }
      guard take(",") else { return nil }
    }
    return nil
  }

  private mutating func object(in buffer: ByteBuffer) -> [String: ByteBuffer]? {
    skipSpace()
    guard take("{") else { return nil }
    var found: [String: ByteBuffer] = [:]
    skipSpace()
    if take("}") { return finished() ? found : nil }
    while true {
      skipSpace()
      let nameStart = position
      guard string(), let slice = buffer.getSlice(at: nameStart, length: position - nameStart),
        let name = JSONText.string(slice)
      else { return nil }
      skipSpace()
      guard take(":") else { return nil }
      skipSpace()
      let start = position
      guard value(depth: 2), found[name] == nil else { return nil }
      found[name] = buffer.getSlice(at: start, length: position - start)
      skipSpace()
      if take("}") { return finished() ? found : nil }
      guard take(",") else { return nil }
    }
  }

  private mutating func value(depth: Int) -> Bool {
    guard depth <= Self.maximumDepth else { return false }
    skipSpace()
    switch peek() {
    case UInt8(ascii: "{"): return container(depth: depth, close: "}", named: true)
    case UInt8(ascii: "["): return container(depth: depth, close: "]", named: false)
    case UInt8(ascii: "\""): return string()
    case UInt8(ascii: "t"): return word("true")
    case UInt8(ascii: "f"): return word("false")
    case UInt8(ascii: "n"): return word("null")
    default: return number()
    }
  }

  private mutating func container(depth: Int, close: Unicode.Scalar, named: Bool) -> Bool {
    position += 1
    skipSpace()
    if take(close) { return true }
    while true {
      if named {
        skipSpace()
        guard string() else { return false }
        skipSpace()
        guard take(":") else { return false }
      }
      guard value(depth: depth + 1) else { return false }
      skipSpace()
      if take(close) { return true }
      guard take(",") else { return false }
    }
  }

  private mutating func string() -> Bool {
    guard take("\"") else { return false }
    while let byte = peek() {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return true
      case 0..<0x20: return false
      case UInt8(ascii: "\\"): guard escape() else { return false }
      default: continue
      }
    }
    return false
  }

  private mutating func escape() -> Bool {
    guard let byte = peek() else { return false }
    position += 1
    switch byte {
    case UInt8(ascii: "u"):
      for _ in 0..<4 {
        guard let digit = peek(), JSONText.hexadecimal(digit) != nil else { return false }
        position += 1
      }
      return true
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return true
    default: return false
    }
  }

  private mutating func number() -> Bool {
    _ = take("-")
    if !take("0") { guard digits() else { return false } }
    if take(".") { guard digits() else { return false } }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      guard digits() else { return false }
    }
    return true
  }

  private mutating func digits() -> Bool {
    let start = position
    while let byte = peek(), (48...57).contains(byte) { position += 1 }
    return position > start
  }

  private mutating func word(_ text: StaticString) -> Bool {
    text.withUTF8Buffer { expected in
      for byte in expected {
        guard peek() == byte else { return false }
        position += 1
      }
      return true
    }
  }

  private mutating func finished() -> Bool {
    skipSpace()
    return position == bytes.endIndex
  }

  private mutating func skipSpace() {
    while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek() == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private func peek() -> UInt8? { position < bytes.endIndex ? bytes[position] : nil }
}
