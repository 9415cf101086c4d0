package import Core
import Operations

/// Six digits, as a telephone shows or a mail brings them.
package struct OneTimeCode: TextPrimitive, CustomStringConvertible {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 6...6 }
  package static var sample: String { "042137" }
  package static var pattern: String? { "^[0-9]{6}$" }

  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    guard text.utf8.count == 6, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw InvalidValue("must be six digits", rule: "pattern")
    }
    return text
  }

  /// Each of the million with the same chance.
  static func random() -> OneTimeCode {
    var generator = SystemRandomNumberGenerator()
    let digits = String(Int.random(in: 0..<1_000_000, using: &generator))
    return OneTimeCode(unchecked: String(repeating: "0", count: 6 - digits.count) + digits)
  }

  package var description: String { "•••" }
}

/// Ten letters and digits that stand in for the second factor once: 50 random bits.
package struct BackupCode: TextPrimitive, CustomStringConvertible {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 10...11 }
  package static var sample: String { "K7QZM-4XA2P" }
  package static var pattern: String? { "^[A-Za-z2-7]{5}-?[A-Za-z2-7]{5}$" }

  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    let letters = text.uppercased().filter { $0 != "-" }
    let hasHyphen = text.utf8.count == 11 && Array(text.utf8)[5] == UInt8(ascii: "-")
    guard letters.utf8.count == 10, letters.utf8.allSatisfy(Base32.alphabet.contains),
      text.utf8.count == 10 || hasHyphen
    else { throw InvalidValue("must be a backup code", rule: "pattern") }
    return letters.prefix(5) + "-" + letters.suffix(5)
  }

  static func random() -> BackupCode {
    var generator = SystemRandomNumberGenerator()
    let letters = (0..<10).map { _ in Base32.alphabet[Int.random(in: 0..<32, using: &generator)] }
    let text = String(decoding: letters, as: UTF8.self)
    return BackupCode(unchecked: text.prefix(5) + "-" + text.suffix(5))
  }

  package var description: String { "•••" }
}

/// Base32 without padding (RFC 4648, 6), as telephones read a secret.
enum Base32 {
  static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    var held: UInt32 = 0
    var bits = 0
    for byte in bytes {
      held = held << 8 & 0xFFFF | UInt32(byte)
      bits += 8
      while bits >= 5 {
        bits -= 5
        text.append(alphabet[Int(held >> UInt32(bits) & 31)])
      }
    }
    if bits > 0 { text.append(alphabet[Int(held << UInt32(5 - bits) & 31)]) }
    return String(decoding: text, as: UTF8.self)
  }
}
