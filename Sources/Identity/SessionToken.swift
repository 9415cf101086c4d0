import Core
import Crypto
import FoundationEssentials

/// An opaque secret of 256 random bits; the database holds its SHA-256 only.
package struct SessionToken: Sendable, CustomStringConvertible {
  package enum Kind: String, Sendable {
    case session = "ws_"
    case screen = "wd_"
  }

  package let text: String

  package static func new(_ kind: Kind) -> SessionToken {
    let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
    let base64 = bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
      "=", with: "")
    return SessionToken(text: kind.rawValue + base64)
  }

  /// Nil for a text that no token of ours can be.
  package init?(_ text: String) {
    guard text.utf8.count == 46, text.hasPrefix(Kind.session.rawValue) || text.hasPrefix(Kind.screen.rawValue)
    else { return nil }
    self.text = text
  }

  private init(text: String) { self.text = text }

  package var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
  package var description: String { "•••" }
}
