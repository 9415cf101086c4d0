import Core

/// RFC 3986 percent-encoding, strict: an escape that is none, a NUL or bytes that are no UTF-8 give nil.
enum PercentEncoding {
  static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String? {
    let bytes = Array(text.utf8)
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "%") {
        guard index + 2 < bytes.count, let high = nibble(bytes[index + 1]), let low = nibble(bytes[index + 2]) else {
          return nil
        }
        decoded.append(high << 4 | low)
        index += 3
      } else {
        decoded.append(plusIsSpace && byte == UInt8(ascii: "+") ? 0x20 : byte)
        index += 1
      }
    }
    guard !decoded.contains(0) else { return nil }
    return String(validating: decoded, as: UTF8.self)
  }

  private static func nibble(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
  }
}

/// The members of a query string in order.
struct QueryString {
  let members: [(name: String, value: String)]

  /// Throws when an escape is wrong; at most 100 members.
  init(_ text: some StringProtocol) throws(Failure) {
    var members: [(String, String)] = []
    for part in text.split(separator: "&").prefix(101) {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = PercentEncoding.decode(pair[0], plusIsSpace: true),
        let value = PercentEncoding.decode(pair.count > 1 ? pair[1] : "", plusIsSpace: true)
      else { throw Failure(.badRequest, "The query string is not valid percent-encoded UTF-8.") }
      members.append((name, value))
    }
    guard members.count <= 100 else { throw Failure(.badRequest, "The query string has too many members.") }
    self.members = members
  }

  subscript(name: String) -> String? { members.first { $0.name == name }?.value }
}
