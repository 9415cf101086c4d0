package import Core
import Crypto

/// A body signed by a shared secret together with its time: `t=1763730000,v1=<hex>`, the hex being
/// HMAC-SHA256(secret, "t.body").
package enum SignedBody {
  /// How old a signature may be, and how far ahead a clock may run, in seconds.
  package static let toleranceSeconds: Int64 = 300

  package static func header(_ body: [UInt8], secret: String, at now: Timestamp) -> String {
    let seconds = now.microseconds / 1_000_000
    let code = HMAC<SHA256>.authenticationCode(
      for: signed(body, seconds), using: SymmetricKey(data: Array(secret.utf8)))
    return "t=\(seconds),v1=\(Hex.encode(code))"
  }

  package enum Verdict: Sendable, Equatable { case good, wrong, old }

  package static func check(_ header: String?, body: [UInt8], secret: String, at now: Timestamp) -> Verdict {
    var seconds: Int64?
    var codes: [[UInt8]] = []
    for part in (header ?? "").split(separator: ",").prefix(5) {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2 else { continue }
      if pair[0] == "t" { seconds = Int64(pair[1]) }
      if pair[0] == "v1", let code = Hex.decode(pair[1]) { codes.append(code) }
    }
    guard let seconds, (0...Int64(1) << 40).contains(seconds), !secret.isEmpty else { return .wrong }
    let key = SymmetricKey(data: Array(secret.utf8))
    let text = signed(body, seconds)
    guard codes.contains(where: { HMAC<SHA256>.isValidAuthenticationCode($0, authenticating: text, using: key) }) else {
      return .wrong
    }
    return abs(now.microseconds / 1_000_000 - seconds) <= toleranceSeconds ? .good : .old
  }

  private static func signed(_ body: [UInt8], _ seconds: Int64) -> [UInt8] { Array("\(seconds).".utf8) + body }
}

/// Bytes as hexadecimal digits, small letters.
package enum Hex {
  package static func encode(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  package static func decode(_ text: some StringProtocol) -> [UInt8]? {
    let digits = text.utf8.map { byte -> UInt8? in
      switch byte {
      case 0x30...0x39: byte - 0x30
      case 0x41...0x46: byte - 0x37
      case 0x61...0x66: byte - 0x57
      default: nil
      }
    }
    guard digits.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = digits[index], let low = digits[index + 1] else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }
}
