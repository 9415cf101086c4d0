import Core
import Crypto
import Operations
import Postgres

/// What a browser keeps to show that somebody has signed in on it before: 256 random bits, known by their hash.
struct DeviceToken: Sendable {
  let text: String

  static func new() -> DeviceToken {
    DeviceToken(made: Base64URL.encode(SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }))
  }

  /// Nil for a text that no device of ours has.
  init?(_ text: String) {
    guard text.utf8.count == 43, Base64URL.decode(text)?.count == 32 else { return nil }
    self.text = text
  }

  private init(made text: String) { self.text = text }

  var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
  var cookie: BrowserCookie { BrowserCookie(.device, text, seconds: 400 * 86_400) }
}

extension WriteCall {
  /// Remembers that this person has signed in on this device; a device that nobody has used before gets a token of
  /// its own, whatever it brought.
  mutating func rememberDevice(of user: UserID, email: EmailAddress) async throws -> BrowserCookie {
    var device = origin.cookies[.device].flatMap(DeviceToken.init)
    if let brought = device {
      let rows = try await transaction.query(GuessQueries.device(brought.hash, of: email))
      if try rows.first?.decode("is_known", as: Bool.self) != true { device = nil }
    }
    let kept = device ?? .new()
    transaction.queue(GuessQueries.remember(kept.hash, of: user))
    return kept.cookie
  }
}
