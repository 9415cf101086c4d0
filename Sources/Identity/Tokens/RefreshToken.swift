package import Core
import Crypto
import FoundationEssentials

/// An opaque secret of 256 random bits that is traded for the next pair once; the database holds its SHA-256 only.
package struct RefreshToken: TextPrimitive, CustomStringConvertible {
  /// How long one is good when it is not used.
  static let seconds = 7 * 86_400

  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 46...46 }
  package static var sample: String { "wr_pNqZ0W2bPQm3v5oE3hQk7mJ1m0rH4yqkY8kq2Jb1v6A" }
  package static var pattern: String? { "^wr_[A-Za-z0-9_-]{43}$" }

  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    guard text.hasPrefix("wr_"), Base64URL.decode(text.dropFirst(3))?.count == 32 else {
      throw InvalidValue("must be a refresh token", rule: "pattern")
    }
    return text
  }

  static func new() -> RefreshToken {
    RefreshToken(unchecked: "wr_" + Base64URL.encode(SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }))
  }

  var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
  package var description: String { "•••" }
}
