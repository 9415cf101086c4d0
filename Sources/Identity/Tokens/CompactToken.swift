import Core
import FoundationEssentials

/// A signed token as it came (JWS Compact Serialization, RFC 7515, 7.1): taken apart and read, not yet believed.
///
/// Header and claims go through the strict reader: duplicate names, trailing bytes and the like are no token.
struct CompactToken: Sendable {
  let header: JSONValue
  let claims: JSONValue
  let signature: [UInt8]
  /// What the signature is over.
  let signed: [UInt8]

  static let maximumBytes = 4096

  /// Nil for anything that is not three parts of base64url with JSON objects in the first two.
  init?(_ text: String) {
    guard text.utf8.count <= Self.maximumBytes else { return nil }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let head = Base64URL.decode(parts[0]), let body = Base64URL.decode(parts[1]),
      let signature = Base64URL.decode(parts[2]), let header = Self.object(head), let claims = Self.object(body)
    else { return nil }
    self.header = header
    self.claims = claims
    self.signature = signature
    signed = Array(text.utf8.prefix(parts[0].utf8.count + 1 + parts[1].utf8.count))
  }

  private static func object(_ bytes: [UInt8]) -> JSONValue? {
    guard let value = try? JSONParser.parse(bytes), case .object = value else { return nil }
    return value
  }

  var algorithm: String? { header["alg"]?.text }
  var keyName: String? { header["kid"]?.text }

  /// A time claim in whole or fractional seconds (NumericDate, RFC 7519, 2).
  func time(_ claim: String) -> Timestamp? {
    switch claims[claim] {
    case .integer(let seconds): Timestamp(microseconds: 0).adding(seconds: seconds)
    case .number(let seconds) where seconds.magnitude < 1e11: Timestamp(microseconds: Int64(seconds * 1_000_000))
    default: nil
    }
  }

  /// Whether the token is for this audience: a text, or one of a list (RFC 7519, 4.1.3).
  func isFor(_ audience: String) -> Bool {
    switch claims["aud"] {
    case .string(let only): only == audience
    case .array(let several): several.contains(.string(audience))
    default: false
    }
  }

  /// Not over, not from the future, with half a minute for clocks that differ.
  func isCurrent(at now: Timestamp) -> Bool {
    guard let end = time("exp"), end > now else { return false }
    let soon = now.adding(seconds: 30)
    return (time("nbf") ?? now) <= soon && (time("iat") ?? now) <= soon
  }
}

/// Base64 for URLs without padding (RFC 4648, 5).
package enum Base64URL {
  package static func encode(_ bytes: some Sequence<UInt8>) -> String {
    Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  /// Nil for another alphabet, for padding, and for bits that are left over.
  package static func decode(_ text: some StringProtocol) -> [UInt8]? {
    let allowed = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
    guard allowed, text.utf8.count % 4 != 1 else { return nil }
    let standard = String(text).replacing("-", with: "+").replacing("_", with: "/")
    let padded = standard + String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
    guard let data = Data(base64Encoded: padded) else { return nil }
    let bytes = Array(data)
    return encode(bytes) == String(text) ? bytes : nil
  }
}
