import Core
import Crypto

/// Codes that a telephone makes from a shared secret and the time (RFC 6238): SHA-1, six digits, 30 seconds.
struct TimedCode: Sendable {
  static let stepSeconds: Int64 = 30
  static let secretBytes = 20
  let secret: [UInt8]

  static func newSecret() -> [UInt8] {
    SymmetricKey(size: .init(bitCount: secretBytes * 8)).withUnsafeBytes { Array($0) }
  }

  static func step(at time: Timestamp) -> Int64 { time.microseconds / (stepSeconds * 1_000_000) }

  /// The step whose code this is, of the one at this time and its two neighbours: clocks differ.
  func step(of code: OneTimeCode, at time: Timestamp, after last: Int64) -> Int64? {
    let now = Self.step(at: time)
    // All three are computed, whichever matches.
    let matching = [now - 1, now, now + 1].filter { text(at: $0) == code.text }
    return matching.first { $0 > last }
  }

  func text(at step: Int64) -> String {
    let counter = withUnsafeBytes(of: UInt64(bitPattern: step).bigEndian) { Array($0) }
    let mac = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
    let start = Int(mac[19] & 15)
    let number = mac[start..<start + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
    let digits = String(number % 1_000_000)
    return String(repeating: "0", count: 6 - digits.count) + digits
  }
}
