import Core
import Crypto
import FoundationEssentials
package import Secrets

/// A key of a program: `wk_`, eight readable letters that tell it from others, and 256 random bits. The database holds
/// a keyed hash.
package struct KeyToken: Sendable, CustomStringConvertible {
  let text: String
  let prefix: String

  static func new() -> KeyToken {
    let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
    let name = SymmetricKey(size: .init(bitCount: 40)).withUnsafeBytes { Array($0) }
    let prefix = Base32.encode(name).lowercased()
    return KeyToken(made: "wk_\(prefix)_\(Base64URL.encode(bytes))", prefix: prefix)
  }

  /// Nil for a text that no key of ours can be.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 55, text.hasPrefix("wk_"), bytes[11] == UInt8(ascii: "_"),
      Base64URL.decode(text.suffix(43))?.count == 32
    else { return nil }
    self.init(made: text, prefix: String(text.dropFirst(3).prefix(8)))
  }

  private init(made text: String, prefix: String) {
    self.text = text
    self.prefix = prefix
  }

  /// By which it is known, under the newest key of the ring first.
  package func hashes(_ secrets: KeyRing) -> [[UInt8]] { secrets.fingerprints(of: text, for: .apiKey) }

  package var description: String { "•••" }
}
