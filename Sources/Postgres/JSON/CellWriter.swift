import Glibc

/// Writes cells as JSON into memory that the caller has measured; a member that does not fit is not begun.
struct CellWriter {
  /// Where the next byte goes.
  private(set) var target: UnsafeMutableRawPointer
  private let end: UnsafeMutableRawPointer

  init(_ room: UnsafeMutableRawBufferPointer, start: UnsafeMutableRawPointer) {
    target = start
    end = start + room.count
  }

  @inline(__always)
  private func hasRoom(_ bytes: Int) -> Bool { target.distance(to: end) >= bytes }

  @inline(__always)
  private mutating func put(_ byte: UInt8) {
    target.storeBytes(of: byte, as: UInt8.self)
    target += 1
  }

  @inline(__always)
  private mutating func copy(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress else { return }
    target.copyMemory(from: source, byteCount: bytes.count)
    target += bytes.count
  }

  /// Copies a key in words of eight; what is read and written past its end is padding and is written over.
  @inline(__always)
  private mutating func copy(key: UnsafeRawPointer, count: Int) {
    var offset = 0
    while offset < count {
      target.storeBytes(
        of: key.loadUnaligned(fromByteOffset: offset, as: UInt64.self), toByteOffset: offset, as: UInt64.self)
      offset += 8
    }
    target += count
  }

  /// What stands in front of a key.
  enum Opening {
    case object, nextObject, member
  }

  /// `{`, `,{` or `,`, the key, the value (nil is null) and `}` where it closes; false when it does not fit, with
  /// nothing written.
  @inline(__always)
  mutating func member(
    _ opening: Opening, key: UnsafeRawPointer, keyCount: Int, _ value: UnsafeRawBufferPointer?,
    _ kind: RowShape.Kind, closes: Bool
  ) -> Bool {
    guard hasRoom((value?.count ?? 4) + keyCount + 20) else { return false }
    let start = target
    if opening != .object { put(UInt8(ascii: ",")) }
    if opening != .member { put(UInt8(ascii: "{")) }
    copy(key: key, count: keyCount)
    if let value {
      guard write(value, kind) else {
        target = start
        return false
      }
    } else {
      null()
    }
    if closes { put(UInt8(ascii: "}")) }
    return true
  }

  @inline(__always)
  private mutating func write(_ value: UnsafeRawBufferPointer, _ kind: RowShape.Kind) -> Bool {
    switch kind {
    case .string: return string(value)
    case .uuid:
      put(UInt8(ascii: "\""))
      copy(value)
      put(UInt8(ascii: "\""))
    case .json: copy(value)
    case .integer, .double: number(value)
    case .boolean: boolean(value)
    case .timestamp: timestamp(value)
    }
    return true
  }

  @inline(__always)
  private mutating func null() { put4(0x6c6c_756e) }

  @inline(__always)
  private mutating func put4(_ littleEndian: UInt32) {
    target.storeBytes(of: littleEndian.littleEndian, as: UInt32.self)
    target += 4
  }

  @inline(__always)
  private mutating func boolean(_ value: UnsafeRawBufferPointer) {
    if value.first == UInt8(ascii: "t") {
      put4(0x6575_7274)
    } else {
      put4(0x736c_6166)
      put(UInt8(ascii: "e"))
    }
  }

  /// NaN and the infinities have no form in JSON and become null.
  @inline(__always)
  private mutating func number(_ value: UnsafeRawBufferPointer) {
    let digit = value.count > 1 && value[0] == UInt8(ascii: "-") ? value[1] : value.first
    guard let digit, (48...57).contains(digit) else {
      null()
      return
    }
    copy(value)
  }

  @inline(__always)
  private mutating func string(_ value: UnsafeRawBufferPointer) -> Bool {
    let start = target
    put(UInt8(ascii: "\""))
    if JSONText.copyPlain(value, to: target) {
      target += value.count
      put(UInt8(ascii: "\""))
      return true
    }
    target = start
    guard hasRoom(JSONText.escapedLength(value) + 8) else { return false }
    put(UInt8(ascii: "\""))
    target = JSONText.escape(value, to: target)
    put(UInt8(ascii: "\""))
    return true
  }

  /// `2026-11-21 01:25:08.25+00` becomes `"2026-11-21T01:25:08.25Z"`; anything else, such as `infinity`, stays as it is.
  @inline(__always)
  private mutating func timestamp(_ value: UnsafeRawBufferPointer) {
    put(UInt8(ascii: "\""))
    let start = target
    copy(value)
    let count = value.count
    if count >= 22, value[10] == UInt8(ascii: " "), value[count - 3] == UInt8(ascii: "+"),
      value[count - 2] == 48, value[count - 1] == 48
    {
      start.storeBytes(of: UInt8(ascii: "T"), toByteOffset: 10, as: UInt8.self)
      target -= 3
      put(UInt8(ascii: "Z"))
    }
    put(UInt8(ascii: "\""))
  }
}
