import Glibc

/// Text as a JSON string, by bytes.
enum JSONText {
  static let hex = Array("0123456789abcdef".utf8)

  /// The text between double quotes, escaped.
  static func quoted(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBytes { source in
      [UInt8](unsafeUninitializedCapacity: escapedLength(source) + 2) { target, count in
        target[0] = UInt8(ascii: "\"")
        guard let start = target.baseAddress else { return }
        let end = escape(source, to: UnsafeMutableRawPointer(start) + 1)
        count = UnsafeMutableRawPointer(start).distance(to: end) + 1
        target[count - 1] = UInt8(ascii: "\"")
      }
    }
  }

  /// Copies text in which nothing must be escaped; false, with anything written, when something must.
  ///
  /// Goes by eight bytes at a time, the last eight overlapping those before them.
  @inline(__always)
  static func copyPlain(_ text: UnsafeRawBufferPointer, to target: UnsafeMutableRawPointer) -> Bool {
    guard let source = text.baseAddress else { return true }
    let count = text.count
    guard count >= 8 else {
      var offset = 0
      while offset < count {
        let byte = source.load(fromByteOffset: offset, as: UInt8.self)
        if isSpecial(byte) { return false }
        target.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
        offset += 1
      }
      return true
    }
    var offset = 0
    while true {
      let word = source.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      if hasSpecial(word) { return false }
      target.storeBytes(of: word, toByteOffset: offset, as: UInt64.self)
      guard offset + 8 < count else { return true }
      offset = min(offset + 8, count - 8)
    }
  }

  /// Whether any of eight bytes is below 0x20, a quote or a backslash; never wrong about none.
  @inline(__always)
  private static func hasSpecial(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quote = word ^ (ones &* 0x22)
    let backslash = word ^ (ones &* 0x5c)
    let found = ((word &- ones &* 0x20) & ~word) | ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)
    return found & 0x8080_8080_8080_8080 != 0
  }

  @inline(__always)
  private static func isSpecial(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x22 || byte == 0x5c }

  /// Bytes that the escaped text takes without quotes.
  static func escapedLength(_ text: UnsafeRawBufferPointer) -> Int {
    var length = 0
    for byte in text { length += !isSpecial(byte) ? 1 : short(byte) == nil ? 6 : 2 }
    return length
  }

  /// Writes the escaped text without quotes and returns where it ends; the caller has made room.
  static func escape(_ text: UnsafeRawBufferPointer, to start: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    var target = start
    func put(_ byte: UInt8) {
      target.storeBytes(of: byte, as: UInt8.self)
      target += 1
    }
    for byte in text {
      guard isSpecial(byte) else {
        put(byte)
        continue
      }
      put(UInt8(ascii: "\\"))
      if let letter = short(byte) {
        put(letter)
      } else {
        for digit in [UInt8(ascii: "u"), 48, 48, hex[Int(byte >> 4)], hex[Int(byte & 15)]] { put(digit) }
      }
    }
    return target
  }

  private static func short(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x22, 0x5c: byte
    case 0x08: UInt8(ascii: "b")
    case 0x09: UInt8(ascii: "t")
    case 0x0a: UInt8(ascii: "n")
    case 0x0c: UInt8(ascii: "f")
    case 0x0d: UInt8(ascii: "r")
    default: nil
    }
  }
}
